import type { RunProgress } from "./run-progress.ts";
import type { Schedule } from "./schedule.ts";

/** What the optimizer's learning rate is multiplied by at the next step. @throws RangeError when a schedule gives nonsense. */
export function learningRateFactorOf(
  { step, plateau, skipFactor }: RunProgress,
  { schedule }: { readonly schedule: Schedule },
): number {
  const factor = schedule(step);
  if (!(factor >= 0 && factor < Infinity)) {
    throw new RangeError(
      `train: schedule must give a finite factor of at least 0, got ${factor} for step index ${step}`,
    );
  }
  return factor * (plateau?.factor ?? 1) * skipFactor;
}
