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
