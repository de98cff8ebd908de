import { sumCrossEntropy } from "@rnnkit/metrics";
import type { BatchPosition } from "@rnnkit/samplers";
import type { RunProgress } from "./run-progress.ts";

interface StepOutcome {
  readonly result: {
    readonly meanLoss: number;
    readonly count: number;
    readonly gradientNorm: number;
    readonly isFinite: boolean;
  };
  readonly next: BatchPosition;
  readonly maxSkippedSteps: number;
}

/** How far the run is after a step, made or skipped. @throws RangeError when there are more skipped steps in a row than may be. */
export function progressAfter(before: RunProgress, { result, next, maxSkippedSteps }: StepOutcome): RunProgress {
  const { meanLoss, count, gradientNorm, isFinite } = result;
  const step = before.step + 1;
  if (isFinite) {
    const since = sumCrossEntropy([before.since, { totalNats: meanLoss * count, count }]);
    // Field by field: a spread takes as long as a small kernel.
    return {
      step,
      next,
      since,
      numSkipped: before.numSkipped,
      inARow: 0,
      firstNotFinite: null,
      skipFactor: before.skipFactor,
      lowestLoss: before.lowestLoss,
      plateau: before.plateau,
      stopping: before.stopping,
    };
  }
  const [inARow, first] = [before.inARow + 1, before.firstNotFinite ?? step];
  if (inARow > maxSkippedSteps) {
    throw new RangeError(
      `train: loss and gradients must be finite, got a loss of ${meanLoss} and a gradient norm of ${gradientNorm} ` +
        `at step ${step}${first < step ? `, the last of ${inARow} in a row from step ${first} on` : ""}`,
    );
  }
  const skips = { numSkipped: before.numSkipped + 1, skipFactor: before.skipFactor / 2 };
  return { ...before, step, next, inARow, firstNotFinite: first, ...skips };
}
