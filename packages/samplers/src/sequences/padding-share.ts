import type { SequenceBatch } from "./sequence-batch.ts";

/** What `paddingShare` looks at: one array of rows, or sources and targets. */
export type PaddedBatch = Pick<SequenceBatch, "shape" | "lengths"> & {
  readonly sourceShape?: readonly [batchSize: number, numSourceSteps: number];
  readonly sourceLengths?: Int32Array;
};

/**
 * The part of the cells of some batches that is padding, those of sources and of targets taken together.
 *
 * @param batches for instance an epoch of `seq2seqBatches`; there must be one.
 * @returns from 0 to below 1.
 * @throws RangeError when there is no batch.
 */
export function paddingShare(batches: Iterable<PaddedBatch>): number {
  let numCells = 0;
  let numIds = 0;
  for (const { shape, lengths, sourceShape = [0, 0], sourceLengths = [] } of batches) {
    numCells += shape[0] * shape[1] + sourceShape[0] * sourceShape[1];
    for (const length of lengths) numIds += length;
    for (const length of sourceLengths) numIds += length;
  }
  if (numCells === 0) throw new RangeError("paddingShare: batches must not be empty, got none");
  return 1 - numIds / numCells;
}
