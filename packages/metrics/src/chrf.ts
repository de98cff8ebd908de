import { checkStreams, type ReferenceStreams, referencesOf } from "./check-streams.ts";
import { chrfCounter } from "./chrf-counter.ts";
import { type ChrfScore, chrfFromStatistics } from "./chrf-from-statistics.ts";
import { type ChrfOptions, resolveChrfOptions } from "./chrf-options.ts";
import { chrfStatisticsOf } from "./chrf-statistics.ts";

/**
 * chrF of one corpus, as sacreBLEU 2.6 computes it: the counts of all segments are summed, then scored once. The mean of
 * sentence scores, which chrF++.py also gives, is another number. With `wordOrder: 2` it is chrF++.
 *
 * @param hypotheses N segments of plain text.
 * @param references K streams of N segments each: `references[k][i]` belongs to `hypotheses[i]`; `undefined` or `null`
 *   where a segment has fewer references than others. The one that scores best counts.
 * @throws TypeError for anything but strings, RangeError where the numbers of segments differ or an option is nonsense.
 * @see Popović, "chrF++: words helping character n-grams" (2017).
 */
export function chrf(
  hypotheses: readonly string[],
  references: ReferenceStreams,
  options: ChrfOptions = {},
): ChrfScore {
  checkStreams("chrf", hypotheses, references);
  const counter = chrfCounter(resolveChrfOptions("chrf", options));
  const sums = new Float64Array(counter.width);
  hypotheses.forEach((hypothesis, i) => counter.add(hypothesis, referencesOf(i, references), sums));
  return chrfFromStatistics(chrfStatisticsOf(sums), options);
}
