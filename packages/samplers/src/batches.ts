import type { Batch } from "./stream/batch.ts";

/** One pass: the same batches each time it is iterated, each made when it is asked for. An array of batches is one too. */
export interface Epoch<B = Batch> extends Iterable<B> {
  /** The number of batches. */
  readonly length: number;
  /**
   * One batch, without those before it.
   *
   * @param index from 0; from the end if negative, as of an array.
   * @returns `undefined` where there is none.
   */
  at(index: number): B | undefined;
}

/**
 * A source of minibatches. It holds no position: epoch `n` is a pure function of the options it was made with and of
 * `n`, so a run resumes exactly from an epoch and the index of a batch. See `positionedBatches`.
 */
export interface Batches<B = Batch> {
  /** @param index 0, 1, 2, ...; each epoch draws anew from the seed. */
  epoch(index: number): Epoch<B>;
}
