/** One minibatch of a token stream: B rows of T inputs, and for each the T tokens that follow them. */
export interface Batch {
  /** [B, T], row by row: token ids. The consumer owns the array. */
  readonly inputs: Int32Array;
  /** [B, T], row by row: `targets[b, t]` is the token that follows `inputs[b, t]` in the stream. */
  readonly targets: Int32Array;
  /** [batchSize, numSteps] */
  readonly shape: readonly [batchSize: number, numSteps: number];
  /** Whether each row goes on where the same row of the batch before ended, so that a model may carry its state. */
  readonly isContinuation: boolean;
}

/** One pass over the stream: the same batches each time it is iterated. */
export interface Epoch extends Iterable<Batch> {
  /** The number of batches. */
  readonly length: number;
}

/**
 * A source of minibatches. It holds no position: epoch `n` is a pure function of the options it was made with and of
 * `n`, so a run resumes exactly from an epoch and a number of batches to skip.
 */
export interface Batches {
  /** @param index 0, 1, 2, ...; each epoch draws anew from the seed. */
  epoch(index: number): Epoch;
}
