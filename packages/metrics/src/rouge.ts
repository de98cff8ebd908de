import { checkStreams, type ReferenceStreams, referencesOf } from "./check-streams.ts";
import { mapVariants, type RougeScores } from "./rouge-scores.ts";
import { type RougeOptions, type RougeStatistics, rougeStatistics, sumRougeStatistics } from "./rouge-statistics.ts";

/**
 * ROUGE-1, -2, -L and -Lsum of one corpus: the mean of the scores of its segments (BLEU, in contrast, sums counts), from 0
 * to 1. ROUGE-Lsum takes each line for a sentence, so put newlines between them.
 *
 * @param hypotheses N segments.
 * @param references K streams of N segments each: `references[k][i]` belongs to `hypotheses[i]`; `undefined` or `null`
 * where a segment has no such reference. Of several, each variant takes the one with the best F1.
 * @throws TypeError for anything but strings, RangeError where the numbers of segments differ or are 0.
 * @see Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004); rouge-score 0.1.2 without its stemmer.
 */
export function rouge(
  hypotheses: readonly string[],
  references: ReferenceStreams,
  options: RougeOptions = {},
): RougeScores {
  checkStreams("rouge", hypotheses, references);
  const statistics = hypotheses.map((hypothesis, i) =>
    rougeStatistics(hypothesis, referencesOf(i, references), options),
  );
  return rougeFromStatistics(sumRougeStatistics(statistics));
}

/**
 * The mean scores of statistics.
 *
 * @param statistics a sum over segments.
 * @throws RangeError when there is no segment.
 */
export function rougeFromStatistics({ totals, count }: RougeStatistics): RougeScores {
  if (!(count > 0 && count < Infinity)) {
    throw new RangeError(`rougeFromStatistics: statistics.count must be positive and finite, got ${count}`);
  }
  return mapVariants((variant) => {
    const { precision, recall, f1 } = totals[variant];
    return { precision: precision / count, recall: recall / count, f1: f1 / count };
  });
}
