/** What perplexity needs to know of a stretch of scored text; records of batches, files or workers add up. */
export interface CrossEntropyStatistics {
  /** The sum of -ln p(token | what precedes it), in nats. */
  readonly totalNats: number;
  /** The number of tokens scored. */
  readonly count: number;
}

/** The statistics of several stretches taken together; of none, zero tokens. */
export function sumCrossEntropy(statistics: Iterable<CrossEntropyStatistics>): CrossEntropyStatistics {
  let totalNats = 0;
  let count = 0;
  for (const part of statistics) {
    totalNats += part.totalNats;
    count += part.count;
  }
  return { totalNats, count };
}

/** Nats per token, the mean over tokens and not over batches; or per something else, called `countName`. */
export function meanNats(
  caller: string,
  { totalNats, count }: CrossEntropyStatistics,
  countName = "statistics.count",
): number {
  if (!(count > 0 && count < Infinity)) {
    throw new RangeError(`${caller}: ${countName} must be positive and finite, got ${count}`);
  }
  if (Number.isNaN(totalNats)) throw new RangeError(`${caller}: statistics.totalNats must be a number, got NaN`);
  return totalNats / count;
}
