import type { Generator } from "@rnnkit/random";

/** What a loss is told while the model is trained; without it, the model is evaluated and drops nothing. */
export interface TrainingStep {
  /** Draws the masks of dropout and zoneout. */
  readonly generator: Generator;
  /** The number of the step, from 0. */
  readonly step: number;
}
