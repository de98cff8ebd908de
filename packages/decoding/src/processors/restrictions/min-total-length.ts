import { checkCount } from "../checks/check-count.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Forbids the end tokens until the sequence is long enough, its prompt counted and the end token not: Hugging Face's
 * `min_length`.
 *
 * @param length not negative.
 * @throws RangeError for any other.
 */
export function minTotalLength(length: number): LogitsProcessor {
  checkCount("minTotalLength", "length", length);
  return (scores, { ids, endTokens }) => {
    if (ids.length < length) for (const token of endTokens) scores[token] = -Infinity;
  };
}
