import { checkSegment } from "./check-segment.ts";
import { chrfCounter } from "./chrf-counter.ts";
import { type ChrfOptions, resolveChrfOptions } from "./chrf-options.ts";

/** What chrF needs to know of a segment, for each order, those of characters before those of words; records add up. */
export interface ChrfStatistics {
  /** N-grams of the hypothesis that the reference has too, each counted at most as often as there. */
  readonly matches: readonly number[];
  /** N-grams of the hypothesis, none where the reference is too short to have any. */
  readonly hypothesisTotals: readonly number[];
  /** N-grams of the reference. */
  readonly referenceTotals: readonly number[];
}

/**
 * The chrF statistics of one segment against that of its references with which it scores best.
 *
 * @param references one or more.
 * @param options those of the score count too: they choose the reference.
 * @throws TypeError for anything but strings, RangeError for no reference or an option that is nonsense.
 */
export function chrfStatistics(
  hypothesis: string,
  references: readonly string[],
  options: ChrfOptions = {},
): ChrfStatistics {
  checkSegment("chrfStatistics", hypothesis, references);
  const counter = chrfCounter(resolveChrfOptions("chrfStatistics", options));
  const row = new Float64Array(counter.width);
  counter.add(hypothesis, references, row);
  return chrfStatisticsOf(row);
}

/** The record of a row of counts. */
export function chrfStatisticsOf(row: Float64Array): ChrfStatistics {
  const column = (start: number) => Array.from({ length: row.length / 3 }, (_, n) => row[3 * n + start]!);
  return { hypothesisTotals: column(0), referenceTotals: column(1), matches: column(2) };
}
