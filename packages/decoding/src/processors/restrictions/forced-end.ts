import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Makes the end tokens the only possible ones, with a score of 0, where the sequence would otherwise be cut off by
 * `maxLength`.
 *
 * @throws RangeError, the processor, when there is no end token.
 */
export function forcedEnd(): LogitsProcessor {
  return (scores, { ids, promptLength, maxLength, endTokens }) => {
    if (endTokens.size === 0) throw new RangeError("forcedEnd: endTokens must hold an id, got none");
    if (ids.length - promptLength < maxLength - 1) return;
    scores.fill(-Infinity);
    for (const token of endTokens) scores[token] = 0;
  };
}
