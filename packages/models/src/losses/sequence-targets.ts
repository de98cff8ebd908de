/** The target that does not count, as in PyTorch. */
export const IGNORED_TARGET = -100;

/** What a batch of sequences is to be told by a model, as plain arrays. */
export interface SequenceTargets {
  /** [B, T], row by row: classes, or `IGNORED_TARGET`. */
  readonly targets: Int32Array;
  readonly shape: readonly [batchSize: number, numSteps: number];
  /** [B] how many steps of each row count, 1 to T. Default all. */
  readonly lengths?: ArrayLike<number> | undefined;
}
