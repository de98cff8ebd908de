import { checkedSequences } from "../checks/checked-sequences.ts";
import { isAboutToComplete } from "./is-about-to-complete.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Forbids sequences of tokens: the last token of one is impossible where those before it are there. An end token alone
 * stays possible.
 *
 * @param words the ids of each, at least one; copied.
 * @throws RangeError for an empty word, or ids outside the vocabulary.
 */
export function badWords(words: readonly ArrayLike<number>[]): LogitsProcessor {
  const sequences = checkedSequences("badWords", "words", words);
  return (scores, { ids, endTokens }) => {
    for (const word of sequences(scores.length)) {
      const last = word.at(-1)!;
      const isEnd = word.length === 1 && endTokens.has(last);
      if (!isEnd && isAboutToComplete(ids, word)) scores[last] = -Infinity;
    }
  };
}
