import { type MatchCounts, type PrecisionRecallF1, precisionRecallF1 } from "./precision-recall-f1.ts";

/** The counts of one class. */
export interface ClassCounts<Label> extends MatchCounts {
  readonly label: Label;
}

/** The scores of each class, and their averages. */
export interface ClassScores<Label> {
  /** In the order of the labels. */
  readonly classes: readonly (ClassCounts<Label> & PrecisionRecallF1)[];
  /** Of the counts of all classes summed. */
  readonly micro: MatchCounts & PrecisionRecallF1;
  /** The mean over classes; a class that is only predicted counts, with zeros. */
  readonly macro: PrecisionRecallF1;
  /** The mean over classes, each weighted by its actual count. */
  readonly weighted: PrecisionRecallF1;
}

export function classScores<Label>(counts: readonly ClassCounts<Label>[]): ClassScores<Label> {
  const classes = counts.map((ofClass) => ({ ...ofClass, ...precisionRecallF1(ofClass) }));
  const total = { correct: 0, predicted: 0, actual: 0 };
  for (const { correct, predicted, actual } of counts) {
    total.correct += correct;
    total.predicted += predicted;
    total.actual += actual;
  }
  return {
    classes,
    micro: { ...total, ...precisionRecallF1(total) },
    macro: weightedMean(classes, () => 1),
    weighted: weightedMean(classes, ({ actual }) => actual),
  };
}

function weightedMean<Scored extends PrecisionRecallF1>(
  scores: readonly Scored[],
  weightOf: (score: Scored) => number,
): PrecisionRecallF1 {
  const sum = { precision: 0, recall: 0, f1: 0 };
  let total = 0;
  for (const score of scores) {
    const weight = weightOf(score);
    total += weight;
    sum.precision += weight * score.precision;
    sum.recall += weight * score.recall;
    sum.f1 += weight * score.f1;
  }
  const divisor = total || 1; // all zero where nothing has a weight
  return { precision: sum.precision / divisor, recall: sum.recall / divisor, f1: sum.f1 / divisor };
}
