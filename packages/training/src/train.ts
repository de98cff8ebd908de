import * as tf from "@tensorflow/tfjs";
import { CarriedState } from "./carried-state.ts";
import { beginRun } from "./checkpoints/begin-run.ts";
import { saveCheckpoint } from "./checkpoints/save-checkpoint.ts";
import { learningRateFactorOf } from "./learning-rate-factor.ts";
import type { CarriedBatch, State } from "./loss.ts";
import { progressAfter } from "./progress-after.ts";
import { NO_TOKENS, type RunProgress } from "./run-progress.ts";
import { runValidation } from "./run-validation.ts";
import { stepBatches } from "./step-batches.ts";
import { completeOptions, type TrainOptions } from "./train-options.ts";
import { trainStep } from "./train-step.ts";
import { parameterNorm, summary, type TrainingReport } from "./training-report.ts";

/**
 * Trains and reports: an async generator that does the next steps whenever its consumer asks for the next report. Leaving
 * the loop ends the run after the step reported last, with the parameters as that step left them; a `signal` does the same, and
 * leaves a checkpoint.
 *
 * Where a batch continues the one before, the state is carried over and cut off from the gradient: back-propagation
 * through time is truncated at the border of a batch. A backend that has its results at once never lets other events of
 * the program through: who must react to them, as to a signal, awaits a macrotask, such as a timer, between two reports.
 *
 * @throws RangeError when there is no end, no batch, or an option is out of range; when a loss or gradient is not finite, the
 *   parameters being then as the step before left them; and when a checkpoint to resume from is that of another run.
 */
export async function* train<Batch extends CarriedBatch, S extends State>(
  options: TrainOptions<Batch, S>,
): AsyncGenerator<TrainingReport, void, undefined> {
  const run = completeOptions(options);
  const { validation, earlyStopping, checkpoints, numSteps, clock, optimizer } = run;
  const carried = new CarriedState<S>();
  const isStopped = ({ stopping }: RunProgress) => earlyStopping && stopping.numBad >= earlyStopping.patience;
  try {
    let progress = await beginRun(run, carried);
    if (progress.step >= numSteps || isStopped(progress)) return;
    const [startMs, startStep] = [clock(), progress.step];
    let sinceMs = startMs;
    let tokens = 0; // since the report before, within this process
    for (const { batches, epoch, next } of stepBatches(run.batches, { ...run, start: progress.next })) {
      const learningRateFactor = learningRateFactorOf(progress, run);
      const result = await trainStep(batches, { run, carried, step: progress.step, learningRateFactor });
      if (!result.isFinite) carried.dispose();
      progress = progressAfter(progress, { result, next, maxSkippedSteps: run.maxSkippedSteps });
      tokens += result.count;

      const { step, since, numSkipped } = progress;
      const isLast = step === numSteps;
      const isValidated = validation !== undefined && (isLast || step % validation.every === 0);
      const isDue = isLast || isValidated || step % run.reportEvery === 0;
      const isInterrupted = run.signal?.aborted === true;
      const isReported = isDue || isInterrupted;
      const tokensPerSecond = isReported ? tokens / ((clock() - sinceMs) / 1000) : NaN;
      // A report that only a signal brings on leaves the counts, so that a resumed run reports as one that was not interrupted.
      if (isDue) progress = { ...progress, since: NO_TOKENS, numSkipped: 0 };
      let scores: TrainingReport["validation"];
      if (isValidated) ({ progress, validation: scores } = await runValidation(progress, run));
      const ending = isLast
        ? "complete"
        : isStopped(progress)
          ? "stopped early"
          : isInterrupted
            ? "interrupted"
            : undefined;
      if (checkpoints && (ending || step % checkpoints.every === 0)) await saveCheckpoint(progress, { run, carried });
      if (!isReported) continue;
      const elapsedMs = clock() - startMs;
      const { meanLoss, perplexity } = summary(since);
      yield {
        step,
        numSteps,
        epoch,
        meanLoss,
        perplexity,
        learningRate: optimizer.learningRate * learningRateFactor,
        gradientNorm: result.gradientNorm,
        parameterNorm: await parameterNorm(run.parameters),
        numSkipped,
        tokensPerSecond,
        elapsedMs,
        remainingMs: (elapsedMs / (step - startStep)) * (numSteps - step),
        memoryBytes: tf.memory().numBytes,
        ...(scores && { validation: scores }),
        ...(ending && { ending }),
      };
      if (ending) return;
      tokens = 0;
      sinceMs = clock();
    }
  } finally {
    carried.dispose();
  }
}
