import type { DecodingRequest } from "../decoding-options.ts";
import { someTokenIds } from "../token-ids.ts";
import type { RequiredPhrase } from "./required-phrase.ts";
import { type TokenTrie, tokenTrie, trieNode } from "./token-trie.ts";

/** How far a sequence is with the phrases that it has to contain. Phrases do not overlap: a token counts for one. */
export interface PhraseProgress {
  /** The fewest tokens that would complete all phrases. */
  readonly numMissing: number;
  /** The tokens that would bring it one nearer. */
  readonly nextTokens: readonly number[];
  after(token: number): PhraseProgress;
}

/** That of a sequence without a token. @throws RangeError for a phrase that no sequence of the request can hold. */
export function phraseProgress(
  { caller, vocabSize, maxLength, endTokens }: DecodingRequest,
  phrases: readonly RequiredPhrase[],
): PhraseProgress {
  const tries = phrases.map((phrase, i) => {
    const name = `requiredPhrases[${i}]`;
    const alternatives = "anyOf" in phrase ? phrase.anyOf : [phrase];
    if (alternatives.length === 0) throw new RangeError(`${caller}: ${name} must have an alternative, got none`);
    return tokenTrie(
      alternatives.map((ids) => {
        const copy = someTokenIds(caller, name, ids, vocabSize);
        const end = copy.find((id) => endTokens.has(id));
        if (end !== undefined) throw new RangeError(`${caller}: ${name} must hold no end token, got ${end}`);
        return copy;
      }),
    );
  });
  const start = progress(tries, []);
  if (start.numMissing > maxLength) {
    throw new RangeError(
      `${caller}: requiredPhrases must fit into maxLength tokens, ${maxLength}, got ${start.numMissing} at least`,
    );
  }
  return start;
}

/** @param path the last tokens, where they begin one of the phrases that are left. */
function progress(left: readonly TokenTrie[], path: readonly number[]): PhraseProgress {
  const begun = left.flatMap((trie) => {
    const node = trieNode(trie, path);
    return node ? [{ node, numMet: trie.numMissing - node.numMissing }] : [];
  });
  return {
    numMissing:
      left.reduce((sum, trie) => sum + trie.numMissing, 0) - Math.max(0, ...begun.map(({ numMet }) => numMet)),
    nextTokens: [...new Set(begun.flatMap(({ node }) => [...node.children.keys()]))],
    after(token) {
      // The longest end of the path that still begins a phrase, as a search for a word in a text does it.
      for (let tail = [...path, token]; tail.length > 0; tail = tail.slice(1)) {
        const nodes = left.map((trie) => trieNode(trie, tail));
        const completed = nodes.findIndex((node) => node?.isEnd);
        if (completed >= 0)
          return progress(
            left.filter((_, i) => i !== completed),
            [],
          );
        if (nodes.some((node) => node)) return progress(left, tail);
      }
      return progress(left, []);
    },
  };
}
