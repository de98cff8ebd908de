import { checkPositive } from "./check-hyperparameter.ts";
import type { Schedule } from "./schedule.ts";

/**
 * An exponential decay: γ^step.
 *
 * @param options gamma: the factor from one step to the next, such as 0.9999; not from one epoch to the next.
 * @throws RangeError when γ is not positive and finite.
 * @see `torch.optim.lr_scheduler.ExponentialLR`.
 */
export function exponentialSchedule({ gamma }: { readonly gamma: number }): Schedule {
  checkPositive("exponentialSchedule: gamma", gamma);
  return (step) => gamma ** step;
}
