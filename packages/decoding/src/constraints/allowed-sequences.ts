import type { AllowedTokens } from "./allowed-tokens.ts";
import { tokenTrie, trieNode } from "./token-trie.ts";

/**
 * A constraint that lets a search generate nothing but given sequences, held in a trie: titles, labels, commands. After a
 * sequence that no other one continues nothing is allowed, so let each end with an end token, or all have `maxLength`
 * tokens.
 *
 * @param sequences at least one, each of at least one id; copied.
 * @throws RangeError for no sequence, an empty one, or an id that is no integer of 0 or more; what is beyond the vocabulary
 * the search finds.
 * @see De Cao et al., "Autoregressive Entity Retrieval" (2021).
 */
export function allowedSequences(sequences: readonly ArrayLike<number>[]): AllowedTokens {
  if (sequences.length === 0) throw new RangeError("allowedSequences: sequences must hold at least one, got none");
  const copies = sequences.map((sequence, i) => {
    if (sequence.length === 0) throw new RangeError(`allowedSequences: sequences[${i}] must hold an id, got none`);
    for (const id of Array.from(sequence)) {
      if (!Number.isSafeInteger(id) || id < 0) {
        throw new RangeError(`allowedSequences: sequences[${i}] must hold integers of 0 or more, got ${id}`);
      }
    }
    return Int32Array.from(sequence);
  });
  const trie = tokenTrie(copies);
  return (generated) => [...(trieNode(trie, generated)?.children.keys() ?? [])];
}
