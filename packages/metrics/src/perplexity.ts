import { type CrossEntropyStatistics, meanNats } from "./cross-entropy.ts";

/**
 * The perplexity of a model on scored text, exp(totalNats / count): the number of equally likely tokens that would be as
 * hard to guess. A uniform model over V tokens has V.
 *
 * Sum the statistics first (`sumCrossEntropy`): perplexities of batches do not average to the perplexity of the whole.
 *
 * @returns 1 or more for probabilities; Infinity where some token had probability 0.
 * @throws RangeError when no token was scored, or the total is NaN.
 */
export function perplexity(statistics: CrossEntropyStatistics): number {
  return Math.exp(meanNats("perplexity", statistics));
}
