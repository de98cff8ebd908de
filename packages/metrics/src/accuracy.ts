import { checkPairs } from "./check-pairs.ts";

/** What accuracy needs to know of a batch; records of batches, files or workers add up. */
export interface AccuracyStatistics {
  readonly correct: number;
  /** Positions that were compared. */
  readonly count: number;
}

/**
 * How many predictions equal their reference, for any number of classes.
 *
 * @param predictions N labels or ids. Borrowed.
 * @param references N labels or ids, one for each prediction. Borrowed.
 * @param options.mask [N]; positions of `false` or 0, padding for instance, do not count. Default: all do. Borrowed.
 * @throws TypeError for what is no array, RangeError for unequal lengths.
 */
export function accuracyStatistics<Label extends string | number>(
  predictions: ArrayLike<Label>,
  references: ArrayLike<Label>,
  { mask }: { readonly mask?: ArrayLike<number | boolean> } = {},
): AccuracyStatistics {
  checkPairs("accuracyStatistics", { predictions, references });
  if (mask) checkPairs("accuracyStatistics", { predictions, mask });
  let correct = 0;
  let count = 0;
  for (let i = 0; i < predictions.length; i++) {
    if (mask && !mask[i]) continue;
    count++;
    if (predictions[i] === references[i]) correct++;
  }
  return { correct, count };
}

/** The statistics of several batches taken together; of none, zero positions. */
export function sumAccuracy(statistics: Iterable<AccuracyStatistics>): AccuracyStatistics {
  let correct = 0;
  let count = 0;
  for (const part of statistics) {
    correct += part.correct;
    count += part.count;
  }
  return { correct, count };
}

/**
 * The fraction of positions that are correct, correct / count.
 *
 * Sum the statistics first (`sumAccuracy`): accuracies of batches of unequal size do not average to that of the whole.
 *
 * @throws RangeError when no position was compared, or the counts are no counts.
 */
export function accuracy({ correct, count }: AccuracyStatistics): number {
  if (!(count > 0 && count < Infinity)) {
    throw new RangeError(`accuracy: statistics.count must be positive and finite, got ${count}`);
  }
  if (!(correct >= 0 && correct <= count)) {
    throw new RangeError(`accuracy: statistics.correct must be from 0 to the count ${count}, got ${correct}`);
  }
  return correct / count;
}
