import { checkHyperparameter } from "./check-hyperparameter.ts";
import { constantSchedule } from "./constant-schedule.ts";
import { checkNumSteps, type Schedule } from "./schedule.ts";

/**
 * A warm-up: the factor rises evenly from `startFactor` at step 0 to 1 at step `numSteps`, where another schedule takes over, at
 * a step 0 of its own.
 *
 * @param options numSteps: of the warm-up; startFactor: default 1/3, as in PyTorch, where 0 wastes the first step; after: default
 *   the constant 1.
 * @throws RangeError when `numSteps` is not a positive integer, or `startFactor` negative or not finite.
 * @see `torch.optim.lr_scheduler.LinearLR`, and `SequentialLR` for what follows.
 */
export function linearWarmUp({
  numSteps,
  startFactor = 1 / 3,
  after = constantSchedule(),
}: {
  readonly numSteps: number;
  readonly startFactor?: number;
  readonly after?: Schedule;
}): Schedule {
  checkNumSteps("linearWarmUp: numSteps", numSteps);
  checkHyperparameter("linearWarmUp: startFactor", startFactor, [0, Infinity]);
  return (step) => (step < numSteps ? startFactor + (1 - startFactor) * (step / numSteps) : after(step - numSteps));
}
