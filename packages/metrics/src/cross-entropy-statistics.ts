import type { CrossEntropyStatistics } from "./cross-entropy.ts";

/** Which positions count. */
export interface CrossEntropyOptions {
  /** [N]; positions of `false` or 0, padding for instance, are not looked at. Default: all count. Borrowed. */
  readonly mask?: ArrayLike<number | boolean>;
}

/** What float32 may put a log-probability of 0 above it. */
const ROUNDING = 1e-4;

/**
 * The statistics of scored tokens from their log-probabilities: totalNats = -sum of ln p, over the positions of the mask.
 *
 * @param logProbabilities [N], natural logarithms, of the tokens that did come and not of the whole vocabulary; -Infinity
 *   for a token that had probability 0. Borrowed.
 * @throws RangeError for a mask of another length, or a value that is no log-probability: NaN, or above 0.
 */
export function crossEntropyStatistics(
  logProbabilities: ArrayLike<number>,
  { mask }: CrossEntropyOptions = {},
): CrossEntropyStatistics {
  if (mask && mask.length !== logProbabilities.length) {
    throw new RangeError(
      `crossEntropyStatistics: mask must be as long as logProbabilities, ${logProbabilities.length}, got ${mask.length}`,
    );
  }
  let totalNats = 0;
  let count = 0;
  for (let i = 0; i < logProbabilities.length; i++) {
    if (mask && !mask[i]) continue;
    const value = logProbabilities[i]!;
    if (!(value <= ROUNDING)) {
      throw new RangeError(
        `crossEntropyStatistics: logProbabilities must be natural logarithms, at most 0, got ${value} at index ${i}`,
      );
    }
    totalNats -= value;
    count++;
  }
  return { totalNats, count };
}
