import { checkPositive } from "../processors/checks/check-positive.ts";
import type { StopCondition } from "./stop-condition.ts";

/**
 * A stop condition that holds once so much time has passed since it was made: the token that is chosen then is the last.
 *
 * @param budgetMs positive and finite.
 * @param now the time in milliseconds, for instance `() => performance.now()`.
 * @throws RangeError for another budget.
 */
export function timeBudget(budgetMs: number, now: () => number): StopCondition {
  checkPositive("timeBudget", "budgetMs", budgetMs);
  const endMs = now() + budgetMs;
  return () => now() >= endMs;
}
