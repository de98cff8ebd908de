import type { Batches, Epoch } from "./batches.ts";

/** A source whose epochs are all the same, for instance one of `scoringBatches`. */
export function repeatedEpochs<B>(epoch: Epoch<B>): Batches<B> {
  return {
    epoch(index) {
      checkEpochIndex(index);
      return epoch;
    },
  };
}

/** Throws unless `index` is an integer from 0. */
export function checkEpochIndex(index: number): void {
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new RangeError(`Batches.epoch: index must be a non-negative integer, got ${index}`);
  }
}
