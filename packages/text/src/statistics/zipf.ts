/** Frequencies by rank, and the power law next to them. */
export interface ZipfData {
  /** [n] falling: `frequencies[i]` is that of rank i + 1. */
  readonly frequencies: Float64Array;
  /** a of frequency = c / rank^a, near 1 for the words of a language; NaN of one token alone. */
  readonly exponent: number;
  /** c, what the law gives for rank 1. */
  readonly constant: number;
}

/**
 * What a plot of Zipf's law shows: frequencies from the highest to the lowest, and the law that fits their logarithms best
 * over those of the ranks, by least squares over all ranks alike.
 *
 * @param frequencies of tokens or n-grams, in any order; zeros, of tokens that do not occur, are left out.
 * @throws RangeError when none is above zero, or one is negative or not finite.
 */
export function zipf(frequencies: Iterable<number>): ZipfData {
  const falling = Float64Array.from(frequencies)
    .filter((frequency) => frequency !== 0)
    .sort()
    .reverse();
  const other = falling.find((frequency) => !(frequency > 0 && frequency < Infinity));
  if (other !== undefined) throw new RangeError(`zipf: frequencies must be non-negative numbers, got ${other}`);
  if (falling.length === 0) throw new RangeError("zipf: frequencies must hold one above 0, got an empty corpus");

  const logs = falling.map(Math.log);
  const logRanks = falling.map((_, i) => Math.log(i + 1));
  const [meanLog, meanLogRank] = [mean(logs), mean(logRanks)];
  let [covariance, variance] = [0, 0];
  logRanks.forEach((logRank, i) => {
    covariance += (logRank - meanLogRank) * (logs[i]! - meanLog);
    variance += (logRank - meanLogRank) ** 2;
  });
  const exponent = -covariance / variance;
  const constant = falling.length === 1 ? falling[0]! : Math.exp(meanLog + exponent * meanLogRank);
  return { frequencies: falling, exponent, constant };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
