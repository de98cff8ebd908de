import { evaluate } from "./evaluate.ts";
import { judgeLoss } from "./early-stopping.ts";
import type { CarriedBatch, State } from "./loss.ts";
import type { RunProgress } from "./run-progress.ts";
import type { CompleteOptions } from "./train-options.ts";
import { summary, type TrainingReport } from "./training-report.ts";

/** Scores the validation batches, and lets all who judge by them judge: plateau, early stopping, the best parameters. */
export async function runValidation<Batch extends CarriedBatch, S extends State>(
  progress: RunProgress,
  { validation, loss, plateau, earlyStopping, best, parameters }: CompleteOptions<Batch, S>,
): Promise<{ progress: RunProgress; validation: NonNullable<TrainingReport["validation"]> }> {
  const { step, lowestLoss } = progress;
  const statistics = await evaluate({ batches: validation!.batches, loss });
  const { meanLoss, perplexity } = summary(statistics);
  if (!Number.isFinite(meanLoss)) {
    throw new RangeError(`train: the validation loss must be finite, got ${meanLoss} after step ${step}`);
  }
  const isBest = lowestLoss === null || meanLoss < lowestLoss;
  if (isBest) best?.keep(parameters, { step, meanLoss });
  return {
    progress: {
      ...progress,
      lowestLoss: isBest ? meanLoss : lowestLoss,
      plateau: plateau ? plateau.next(progress.plateau ?? plateau.initial, meanLoss) : null,
      stopping: earlyStopping ? judgeLoss(progress.stopping, meanLoss, earlyStopping) : progress.stopping,
    },
    validation: { meanLoss, perplexity, count: statistics.count, isBest },
  };
}
