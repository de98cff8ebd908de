import { checkPositive } from "./check-hyperparameter.ts";
import type { Schedule } from "./schedule.ts";

/**
 * The same factor at every step, for instance after a warm-up.
 *
 * @param factor default 1.
 * @throws RangeError when it is not positive and finite.
 */
export function constantSchedule(factor = 1): Schedule {
  checkPositive("constantSchedule: factor", factor);
  return () => factor;
}
