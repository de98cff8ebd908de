/** What every batch of separate sequences says. */
export interface SequenceBatch {
  /** [B, T] */
  readonly shape: readonly [batchSize: number, numSteps: number];
  /** [B] the valid length of each row, from 1 to T; what follows in it is padding. */
  readonly lengths: Int32Array;
  /** [B] the position of each row's example among all. */
  readonly indices: Int32Array;
  /** Each row is a sequence of its own. */
  readonly isContinuation: false;
}
