import { checkCounts } from "./check-counts.ts";
import { checkPairs } from "./check-pairs.ts";
import { type ClassScores, classScores } from "./class-scores.ts";
import type { EntitySpansOptions } from "./entity-spans.ts";
import { countSpans, type SpanStatistics, sumSpanStatistics } from "./span-statistics.ts";

/**
 * Precision, recall and F1 of the spans of one corpus, for each type and averaged; the usual single number is `micro.f1`.
 *
 * @param predictions N sequences of tags, one a token.
 * @param references N sequences of tags, each as long as its prediction.
 * @param options see {@link EntitySpansOptions}.
 * @throws TypeError for what is no array, RangeError for no sequences, unequal numbers or lengths, or an unknown tag.
 * @see Tjong Kim Sang and Buchholz, "Introduction to the CoNLL-2000 Shared Task: Chunking" (2000), and its conlleval.
 */
export function spanF1(
  predictions: readonly (readonly string[])[],
  references: readonly (readonly string[])[],
  { strictScheme }: EntitySpansOptions = {},
): ClassScores<string> {
  checkPairs("spanF1", { predictions, references });
  if (predictions.length === 0) throw new RangeError("spanF1: predictions must hold at least one sequence, got 0");
  const statistics = predictions.map((tags, i) =>
    countSpans("spanF1", `[${i}]`, { predictions: tags, references: references[i]!, strictScheme }),
  );
  return classScores(sumSpanStatistics(statistics));
}

/**
 * Precision, recall and F1 of statistics, all 0 where there is no span.
 *
 * @param statistics a sum over sequences.
 * @throws RangeError for statistics that are no counts.
 */
export function spanF1FromStatistics(statistics: SpanStatistics): ClassScores<string> {
  statistics.forEach(({ correct, predicted, actual }, i) => {
    const name = `statistics[${i}]`;
    checkCounts("spanF1FromStatistics", {
      [`${name}.correct`]: correct,
      [`${name}.predicted`]: predicted,
      [`${name}.actual`]: actual,
    });
  });
  return classScores(statistics);
}
