import { checkCount } from "../checks/check-count.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Forbids the end tokens until so many other tokens were generated.
 *
 * @param count not negative, at most the search's `maxLength`.
 * @throws RangeError for any other; the processor throws it when `maxLength` is smaller.
 */
export function minNewTokens(count: number): LogitsProcessor {
  checkCount("minNewTokens", "count", count);
  return (scores, { ids, promptLength, maxLength, endTokens }) => {
    if (count > maxLength)
      throw new RangeError(`minNewTokens: count must be at most maxLength ${maxLength}, got ${count}`);
    if (ids.length - promptLength < count) for (const token of endTokens) scores[token] = -Infinity;
  };
}
