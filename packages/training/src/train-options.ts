import type { Batches } from "@rnnkit/samplers";
import type { BestParameters } from "./best-parameters.ts";
import { checkHyperparameter } from "./check-hyperparameter.ts";
import type { CheckpointOptions } from "./checkpoints/checkpoint-options.ts";
import { checkCount, countSteps } from "./count-steps.ts";
import { checkEarlyStopping, type EarlyStoppingOptions } from "./early-stopping.ts";
import type { CarriedBatch, Loss, State } from "./loss.ts";
import type { Optimizer, Parameters } from "./optimizer.ts";
import type { Plateau } from "./reduce-on-plateau.ts";
import type { Schedule } from "./schedule.ts";

export interface TrainOptions<Batch extends CarriedBatch, S extends State> {
  /** What is trained; borrowed. */
  readonly parameters: Parameters;
  /** Gives the batches of epoch 0, 1, 2, ...; an array is an epoch. */
  readonly batches: Batches<Batch>;
  readonly loss: Loss<Batch, S>;
  /** Borrowed: it remembers what it learnt, and the caller disposes it. */
  readonly optimizer: Optimizer;
  /** Passes over the batches. Default: as many as `numSteps` takes. */
  readonly numEpochs?: number;
  /** Steps. Default: as many as `numEpochs` takes. With both, the smaller number ends the run. */
  readonly numSteps?: number;
  /** Batches whose gradients are added up, weighted by their tokens, before a step: it equals that of one big batch. Default 1. */
  readonly batchesPerStep?: number;
  /** What the optimizer's learning rate is multiplied by, step for step. Default 1. */
  readonly schedule?: Schedule;
  /** Multiplies the learning rate once more, by what the validation losses say. */
  readonly plateau?: Plateau;
  /** Clips the gradients to this norm, all together. Default: no clipping. */
  readonly maxGradientNorm?: number;
  /** Added to the norm. Default 1e-6, the form of PyTorch; 0 is that of d2l. */
  readonly clippingEpsilon?: number;
  /** Clips each number of the gradients, before their norm is. Default: no clipping. */
  readonly maxGradientValue?: number;
  /** Steps in a row that may be skipped, each halving the learning rate for good, where a loss or gradient is not finite. Default 0. */
  readonly maxSkippedSteps?: number;
  /** Steps from one report to the next; the last step is always reported. Default 1. */
  readonly reportEvery?: number;
  /** Batches to score, and the steps from one validation to the next; the last step is always validated. */
  readonly validation?: { readonly batches: Iterable<Batch>; readonly every: number };
  /** Ends the run where the validation loss no longer falls. */
  readonly earlyStopping?: EarlyStoppingOptions;
  /** Is given a copy of the parameters whenever their validation loss is the lowest so far; borrowed. */
  readonly best?: BestParameters;
  /** Where and how often the run is saved, and what it goes on from. */
  readonly checkpoints?: CheckpointOptions;
  /** Ends the run after the step in hand, with a checkpoint where there are `checkpoints`. */
  readonly signal?: AbortSignal;
  /** Of what is random in the loss, 0 to 4294967295. Default 0. */
  readonly seed?: number;
  /** The time in milliseconds. Default `performance.now`. */
  readonly clock?: () => number;
}

/** The options that need a validation. */
const JUDGES = ["plateau", "earlyStopping", "best"] as const;

/** The options that have a default. */
type Defaulted =
  | "batchesPerStep"
  | "schedule"
  | "maxGradientNorm"
  | "clippingEpsilon"
  | "maxGradientValue"
  | "maxSkippedSteps"
  | "reportEvery"
  | "seed"
  | "clock";

export type CompleteOptions<Batch extends CarriedBatch, S extends State> = TrainOptions<Batch, S> &
  Required<Pick<TrainOptions<Batch, S>, Defaulted>> & { readonly numSteps: number };

/** Options with their defaults, and the number of steps. @throws RangeError for an option that makes no sense. */
export function completeOptions<Batch extends CarriedBatch, S extends State>(
  options: TrainOptions<Batch, S>,
): CompleteOptions<Batch, S> {
  const complete = {
    batchesPerStep: 1,
    schedule: () => 1,
    maxGradientNorm: Infinity,
    clippingEpsilon: 1e-6,
    maxGradientValue: Infinity,
    maxSkippedSteps: 0,
    reportEvery: 1,
    seed: 0,
    clock: () => performance.now(),
    ...options,
  };
  const { validation, earlyStopping, checkpoints, maxSkippedSteps, seed } = complete;
  checkCount("reportEvery", complete.reportEvery);
  checkCount("batchesPerStep", complete.batchesPerStep);
  if (validation) checkCount("validation.every", validation.every);
  if (checkpoints) checkCount("checkpoints.every", checkpoints.every);
  if (earlyStopping) checkEarlyStopping(earlyStopping);
  for (const name of ["maxGradientNorm", "maxGradientValue"] as const) {
    if (!(complete[name] > 0)) throw new RangeError(`train: ${name} must be positive, got ${complete[name]}`);
  }
  checkHyperparameter("train: clippingEpsilon", complete.clippingEpsilon, [0, Infinity]);
  if (!Number.isSafeInteger(maxSkippedSteps) || maxSkippedSteps < 0) {
    throw new RangeError(`train: maxSkippedSteps must be a non-negative integer, got ${maxSkippedSteps}`);
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`train: seed must be an integer from 0 to 4294967295, got ${seed}`);
  }
  const judge = JUDGES.find((name) => options[name] !== undefined);
  if (judge && !validation) throw new RangeError(`train: validation must be given with ${judge}, got none`);
  return { ...complete, numSteps: countSteps(complete) };
}
