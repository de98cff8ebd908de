import type { CrossEntropyStatistics } from "@rnnkit/metrics";
import type { BatchPosition } from "@rnnkit/samplers";
import { INITIAL_STOPPING_STATE, type StoppingState } from "./early-stopping.ts";
import type { PlateauState } from "./reduce-on-plateau.ts";

/** How far a run is, tensors aside: plain JSON, which a checkpoint holds as it is. Each step makes a new one. */
export interface RunProgress {
  /** Steps done, skipped ones included. */
  readonly step: number;
  /** The batch to go on with. */
  readonly next: BatchPosition;
  /** Of the tokens since the report before. */
  readonly since: CrossEntropyStatistics;
  /** Steps skipped since the report before. */
  readonly numSkipped: number;
  /** Steps skipped just now, one after the other, and the number of the first of them. */
  readonly inARow: number;
  readonly firstNotFinite: number | null;
  /** What skipped steps have made of the learning rate: a power of 1/2. */
  readonly skipFactor: number;
  /** Of the validations; `null` before the first. */
  readonly lowestLoss: number | null;
  readonly plateau: PlateauState | null;
  readonly stopping: StoppingState;
}

export const NO_TOKENS: CrossEntropyStatistics = { totalNats: 0, count: 0 };

export const INITIAL_PROGRESS: RunProgress = {
  step: 0,
  next: { epoch: 0, batch: 0 },
  since: NO_TOKENS,
  numSkipped: 0,
  inARow: 0,
  firstNotFinite: null,
  skipFactor: 1,
  lowestLoss: null,
  plateau: null,
  stopping: INITIAL_STOPPING_STATE,
};
