import type { SafetensorsTensor } from "@rnnkit/interop";
import type { BestScore } from "../best-parameters.ts";
import type { RunProgress } from "../run-progress.ts";
import type { Json } from "./checkpoint-options.ts";
import type { StateLayout } from "./state-layout.ts";

/** The version of what is in a checkpoint. One of another version is refused. */
export const CHECKPOINT_FORMAT = 1;

/** All of a checkpoint but its tensors: plain JSON. */
export interface CheckpointRecord {
  readonly format: typeof CHECKPOINT_FORMAT;
  /** What the caller said of the run. */
  readonly fingerprint: Json;
  /** What `train` knows of it. */
  readonly plan: RunPlan;
  readonly progress: RunProgress;
  /** The steps that the optimizer made of each parameter. */
  readonly numSteps: Readonly<Record<string, number>>;
  /** Of the state carried to the next batch; `null` for none. */
  readonly state: StateLayout | null;
  readonly best: BestScore | null;
}

/** What has to be the same for a run to go on. */
export interface RunPlan {
  readonly seed: number;
  readonly optimizer: string;
  readonly batchesPerStep: number;
  /** The number of batches in the epoch of the next step. */
  readonly epochLength: number;
}

/** A checkpoint that was read and found whole. It holds no tensors of TensorFlow.js: there is nothing to dispose. */
export interface Checkpoint {
  /** The number of steps that it has behind it. */
  readonly step: number;
  /** The steps of later checkpoints, which were found damaged and passed over. */
  readonly damaged: readonly number[];
  readonly record: CheckpointRecord;
  /** Names begin with `parameters/`, `optimizer/`, `state/` or `best/`. */
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
}
