import { checkPositive } from "./check-hyperparameter.ts";
import { checkNumSteps, type Schedule } from "./schedule.ts";

/**
 * A staircase: γ^⌊step/every⌋.
 *
 * @param options every: the steps of a stair; gamma: the factor from one stair to the next, default 0.1.
 * @throws RangeError when `every` is not a positive integer, or γ not positive and finite.
 * @see `torch.optim.lr_scheduler.StepLR`.
 */
export function stepSchedule({ every, gamma = 0.1 }: { readonly every: number; readonly gamma?: number }): Schedule {
  checkNumSteps("stepSchedule: every", every);
  checkPositive("stepSchedule: gamma", gamma);
  return (step) => gamma ** Math.floor(step / every);
}
