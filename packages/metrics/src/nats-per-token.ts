import { type CrossEntropyStatistics, meanNats } from "./cross-entropy.ts";

/**
 * Cross-entropy in nats, totalNats / count: the mean loss over tokens, the natural logarithm of the perplexity.
 *
 * @throws RangeError when no token was scored, or the total is NaN.
 */
export function natsPerToken(statistics: CrossEntropyStatistics): number {
  return meanNats("natsPerToken", statistics);
}
