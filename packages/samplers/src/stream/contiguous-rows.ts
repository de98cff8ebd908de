import type { BatchPlan } from "./batch-plan.ts";

/**
 * Reads `numRows` adjoining segments of `rowLength` tokens side by side, `numSteps` tokens at a time: every batch goes
 * on where the one before ended, and the last one has the steps that are left.
 */
export function contiguousRows({
  first,
  numRows,
  rowLength,
  numSteps,
}: {
  first: number;
  numRows: number;
  rowLength: number;
  numSteps: number;
}): BatchPlan[] {
  const plans: BatchPlan[] = [];
  for (let step = 0; step < rowLength; step += numSteps) {
    plans.push({
      starts: Int32Array.from({ length: numRows }, (_, row) => first + row * rowLength + step),
      numSteps: Math.min(numSteps, rowLength - step),
      isContinuation: step > 0,
    });
  }
  return plans;
}
