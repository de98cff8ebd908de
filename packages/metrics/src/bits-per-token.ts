import { type CrossEntropyStatistics, meanNats } from "./cross-entropy.ts";

/**
 * Cross-entropy in bits, totalNats / (count ln 2), which is log2 of the perplexity; bits per character where the tokens
 * are characters.
 *
 * @throws RangeError when no token was scored, or the total is NaN.
 */
export function bitsPerToken(statistics: CrossEntropyStatistics): number {
  return meanNats("bitsPerToken", statistics) / Math.LN2;
}
