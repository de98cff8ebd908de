interface StepBudget {
  readonly batches: { epoch(index: number): { readonly length: number } };
  readonly batchesPerStep: number;
  readonly numEpochs?: number;
  readonly numSteps?: number;
}

/** The number of steps that a run will have: the smaller of `numSteps` and all that `numEpochs` take. */
export function countSteps({ batches, batchesPerStep, numEpochs, numSteps }: StepBudget): number {
  if (numEpochs === undefined && numSteps === undefined) {
    throw new RangeError("train: numSteps or numEpochs must be given, got neither");
  }
  if (numSteps !== undefined) checkCount("numSteps", numSteps);
  if (numEpochs === undefined) return numSteps!;
  checkCount("numEpochs", numEpochs);
  let total = 0;
  for (let epoch = 0; epoch < numEpochs && total < (numSteps ?? Infinity); epoch++) {
    total += Math.ceil(batches.epoch(epoch).length / batchesPerStep);
  }
  return Math.min(total, numSteps ?? Infinity);
}

/** Throws unless `value` is a positive integer. */
export function checkCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`train: ${name} must be a positive integer, got ${value}`);
  }
}
