import { bleuCounter, bleuStatisticsOf, type BleuTokenization } from "./bleu-counter.ts";
import { type BleuScore, type BleuScoring, bleuFromStatistics } from "./bleu-from-statistics.ts";
import { checkStreams, referencesOf, type ReferenceStreams } from "./check-streams.ts";

/** How text is tokenised and how its statistics become a score; the defaults are those of sacreBLEU. */
export interface BleuOptions extends BleuTokenization, BleuScoring {}

/**
 * BLEU of one corpus, as sacreBLEU 2.6 computes it: the statistics of all segments are summed, then scored once. The mean
 * of sentence scores is another number.
 *
 * @param hypotheses N segments of plain text, not tokenised.
 * @param references K streams of N segments each: `references[k][i]` belongs to `hypotheses[i]`; `undefined` or `null`
 *   where a segment has fewer references than others.
 * @param options see {@link BleuOptions}; for a single sentence see `sentenceBleu`.
 * @throws TypeError for anything but strings, RangeError where the numbers of segments differ or an option is nonsense.
 * @see Post, "A Call for Clarity in Reporting BLEU Scores" (2018).
 */
export function bleu(
  hypotheses: readonly string[],
  references: ReferenceStreams,
  options: BleuOptions = {},
): BleuScore {
  checkStreams("bleu", hypotheses, references);
  const counter = bleuCounter("bleu", options);
  const sums = new Float64Array(counter.width);
  hypotheses.forEach((hypothesis, i) => counter.add(hypothesis, referencesOf(i, references), sums));
  return bleuFromStatistics(bleuStatisticsOf(sums), options);
}
