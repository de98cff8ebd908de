import type { Checkpoint } from "./checkpoint.ts";
import type { CheckpointStore } from "./checkpoint-store.ts";

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface CheckpointOptions {
  readonly store: CheckpointStore;
  /** Steps from one checkpoint to the next; the end of a run leaves one too, whatever it is but an error. */
  readonly every: number;
  /**
   * What makes this run the one it is: the model's configuration, hyperparameters, sizes of batches, a digest of the data. A
   * checkpoint with another one is refused. Not in it: how long the run is to be.
   */
  readonly fingerprint: Json;
  /** What to go on from, as `latestCheckpoint` gives it. Default: a new run, which takes a store without checkpoints. */
  readonly resume?: Checkpoint | undefined;
}
