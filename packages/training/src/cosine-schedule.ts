import { checkHyperparameter } from "./check-hyperparameter.ts";
import { checkNumSteps, type Schedule } from "./schedule.ts";

/**
 * Half a wave of a cosine from 1 down to `minFactor`: min + (1 − min)·(1 + cos(π·step/numSteps))/2, and `minFactor` after that.
 *
 * PyTorch's swings up again after `numSteps`; this one stays down.
 *
 * @param options numSteps: how long it falls; minFactor: default 0.
 * @throws RangeError when `numSteps` is not a positive integer, or `minFactor` negative or not finite.
 * @see Loshchilov and Hutter, "SGDR" (2017); `torch.optim.lr_scheduler.CosineAnnealingLR`.
 */
export function cosineSchedule({
  numSteps,
  minFactor = 0,
}: {
  readonly numSteps: number;
  readonly minFactor?: number;
}): Schedule {
  checkNumSteps("cosineSchedule: numSteps", numSteps);
  checkHyperparameter("cosineSchedule: minFactor", minFactor, [0, Infinity]);
  return (step) => minFactor + ((1 - minFactor) * (1 + Math.cos((Math.PI * Math.min(step, numSteps)) / numSteps))) / 2;
}
