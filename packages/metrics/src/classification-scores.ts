import { checkCounts } from "./check-counts.ts";
import { type ClassScores, classScores } from "./class-scores.ts";
import type { ConfusionMatrix } from "./confusion-matrix.ts";

/** The scores of a classifier that gives every position one label. */
export interface ClassificationScores<Label> extends ClassScores<Label> {
  /** The fraction of positions that are correct; here micro precision, recall and F1 are all equal to it. */
  readonly accuracy: number;
}

/**
 * Accuracy, and precision, recall and F1 of each class with their micro, macro and weighted averages.
 *
 * @param matrix rows are references, columns predictions; a sum over batches.
 * @throws RangeError for a matrix that is not square, has no labels, or counts nothing.
 * @see scikit-learn's `classification_report`, whose numbers these are, with `zero_division=0`.
 */
export function classificationScores<Label extends string | number>(
  matrix: ConfusionMatrix<Label>,
): ClassificationScores<Label> {
  const { labels, counts } = matrix;
  checkMatrix(matrix);
  const predicted = labels.map((_, j) => counts.reduce((sum, row) => sum + row[j]!, 0));
  const scores = classScores(
    labels.map((label, i) => ({
      label,
      correct: counts[i]![i]!,
      predicted: predicted[i]!,
      actual: counts[i]!.reduce((sum, count) => sum + count, 0),
    })),
  );
  const { correct, actual } = scores.micro;
  if (actual === 0) throw new RangeError("classificationScores: matrix.counts must count at least one position, got 0");
  return { accuracy: correct / actual, ...scores };
}

function checkMatrix({ labels, counts }: ConfusionMatrix): void {
  const size = labels.length;
  if (counts.length !== size || counts.some((row) => row.length !== size)) {
    throw new RangeError(`classificationScores: matrix.counts must be ${size} by ${size}, as many as there are labels`);
  }
  counts.forEach((row, i) => {
    row.forEach((count, j) => checkCounts("classificationScores", { [`matrix.counts[${i}][${j}]`]: count }));
  });
}
