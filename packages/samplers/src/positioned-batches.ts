import type { Batches, Epoch } from "./batches.ts";
import type { Batch } from "./stream/batch.ts";

/** A place in a run through epochs: plain JSON. */
export interface BatchPosition {
  /** The index of the epoch. */
  readonly epoch: number;
  /** The index of the batch in its epoch. */
  readonly batch: number;
}

/** A batch of a run, and where the run stands. */
export interface PositionedBatch<B = Batch> {
  readonly batch: B;
  /** Of this batch. */
  readonly position: BatchPosition;
  /** Of the batch that follows: what to save once this batch is done, and to start from when the run is resumed. */
  readonly next: BatchPosition;
}

/**
 * The batches of epoch after epoch, each with its position. Each iteration begins at `start`, and none depends on
 * another; a run that starts from a saved `next` goes on exactly as the one that was interrupted would have.
 *
 * @param batches made with the same corpus and options as those of the interrupted run; borrowed.
 * @param options start: default the first batch of epoch 0. numEpochs: where the run ends, counted from epoch 0; default
 *   Infinity, a run without end. The end of a run, `{ epoch: numEpochs, batch: 0 }`, is followed by no batch.
 * @throws RangeError when an option is out of range, or `start` no position of the run; while iterating, when an epoch
 *   has no batch.
 */
export function positionedBatches<B>(
  batches: Batches<B>,
  { start = { epoch: 0, batch: 0 }, numEpochs = Infinity }: { start?: BatchPosition; numEpochs?: number } = {},
): Iterable<PositionedBatch<B>> {
  if (numEpochs !== Infinity && !(Number.isSafeInteger(numEpochs) && numEpochs > 0)) {
    throw new RangeError(`positionedBatches: numEpochs must be a positive integer or Infinity, got ${numEpochs}`);
  }
  checkStart(batches, { start, numEpochs });
  return {
    *[Symbol.iterator]() {
      let first = start.batch;
      for (let index = start.epoch; index < numEpochs; index++) {
        yield* batchesOf(batches.epoch(index), { index, first });
        first = 0;
      }
    },
  };
}

function* batchesOf<B>(
  epoch: Epoch<B>,
  { index, first }: { index: number; first: number },
): Generator<PositionedBatch<B>> {
  if (epoch.length === 0)
    throw new RangeError(`positionedBatches: batches must not be empty, got none in epoch ${index}`);
  for (let i = first; i < epoch.length; i++) {
    const next = i + 1 < epoch.length ? { epoch: index, batch: i + 1 } : { epoch: index + 1, batch: 0 };
    yield { batch: epoch.at(i)!, position: { epoch: index, batch: i }, next };
  }
}

function checkStart<B>(batches: Batches<B>, { start, numEpochs }: { start: BatchPosition; numEpochs: number }): void {
  for (const name of ["epoch", "batch"] as const) {
    if (!Number.isSafeInteger(start[name]) || start[name] < 0) {
      throw new RangeError(`positionedBatches: start.${name} must be a non-negative integer, got ${start[name]}`);
    }
  }
  if (start.epoch > numEpochs) {
    throw new RangeError(`positionedBatches: start.epoch must be at most numEpochs, ${numEpochs}, got ${start.epoch}`);
  }
  if (start.batch === 0) return;
  const numBatches = start.epoch === numEpochs ? 0 : batches.epoch(start.epoch).length;
  if (start.batch >= numBatches) {
    throw new RangeError(
      `positionedBatches: start.batch must be 0 or below the number of batches, ${numBatches}, got ${start.batch}`,
    );
  }
}
