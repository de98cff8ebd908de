import { perplexity, sumCrossEntropy, type CrossEntropyStatistics } from "@rnnkit/metrics";
import { deriveSeed, xoshiro128 } from "@rnnkit/random";
import { CarriedState } from "./carried-state.ts";
import { checkCount, countSteps } from "./count-steps.ts";
import { evaluate } from "./evaluate.ts";
import type { CarriedBatch, Loss, State } from "./loss.ts";
import type { Optimizer, Parameters } from "./optimizer.ts";
import { trainStep } from "./train-step.ts";
import type { TrainingReport } from "./training-report.ts";

export interface TrainOptions<Batch extends CarriedBatch, S extends State> {
  /** What is trained; borrowed. */
  readonly parameters: Parameters;
  /** Gives the batches of epoch 0, 1, 2, ... and how many they are. */
  readonly batches: { epoch(index: number): Iterable<Batch> & { readonly length: number } };
  readonly loss: Loss<Batch, S>;
  /** Borrowed: it remembers what it learnt, and the caller disposes it. */
  readonly optimizer: Optimizer;
  /** Passes over the batches. Default: as many as `numSteps` takes. */
  readonly numEpochs?: number;
  /** Steps, a batch each. Default: as many as `numEpochs` takes. With both, the smaller number ends the run. */
  readonly numSteps?: number;
  /** Clips the gradients to this norm, all together. Default: no clipping. */
  readonly maxGradientNorm?: number;
  /** Steps from one report to the next; the last step is always reported. Default 1. */
  readonly reportEvery?: number;
  /** Batches to score, and the steps from one validation to the next; the last step is always validated. */
  readonly validation?: { readonly batches: Iterable<Batch>; readonly every: number };
  /** Of what is random in the loss, 0 to 4294967295. Default 0. */
  readonly seed?: number;
  /** The time in milliseconds. Default `performance.now`. */
  readonly clock?: () => number;
}

/**
 * Trains and reports: an async generator that does the next steps whenever its consumer asks for the next report. Leaving
 * the loop ends the run after the step reported last, with the parameters as that step left them.
 *
 * Where a batch continues the one before, the state is carried over and cut off from the gradient: back-propagation
 * through time is truncated at the border of a batch. A backend that has its results at once never lets other events of
 * the program through: who must react to them awaits a macrotask, such as a timer, between two reports.
 *
 * @throws RangeError when there is no end, no batch, or an option is out of range, and when a loss is not finite: the
 *   parameters are then as the step before left them.
 */
export async function* train<Batch extends CarriedBatch, S extends State>(
  options: TrainOptions<Batch, S>,
): AsyncGenerator<TrainingReport, void, undefined> {
  const { batches, loss, maxGradientNorm = Infinity, reportEvery = 1, validation, seed = 0 } = options;
  const clock = options.clock ?? (() => performance.now());
  checkCount("reportEvery", reportEvery);
  if (validation) checkCount("validation.every", validation.every);
  if (!(maxGradientNorm > 0)) throw new RangeError(`train: maxGradientNorm must be positive, got ${maxGradientNorm}`);
  const numSteps = countSteps(options);

  const carried = new CarriedState<S>();
  const startMs = clock();
  let sinceMs = startMs;
  let since: CrossEntropyStatistics[] = [];
  let step = 0;
  try {
    for (let epoch = 0; ; epoch++) {
      const epochBatches = batches.epoch(epoch);
      if (epochBatches.length === 0)
        throw new RangeError(`train: batches must not be empty, got none in epoch ${epoch}`);
      for (const batch of epochBatches) {
        const { meanLoss, count, gradientNorm } = await trainStep(batch, {
          ...options,
          maxGradientNorm,
          carried,
          training: { generator: xoshiro128(deriveSeed(seed, step)), step },
        });
        step++;
        since.push({ totalNats: meanLoss * count, count });
        const isLast = step === numSteps;
        const isValidated = validation !== undefined && (isLast || step % validation.every === 0);
        if (!isLast && !isValidated && step % reportEvery !== 0) continue;

        const statistics = sumCrossEntropy(since);
        const tokensPerSecond = statistics.count / ((clock() - sinceMs) / 1000);
        const scores = isValidated ? await evaluate({ batches: validation.batches, loss }) : undefined;
        const elapsedMs = clock() - startMs;
        yield {
          step,
          numSteps,
          epoch,
          ...summary(statistics),
          gradientNorm,
          tokensPerSecond,
          elapsedMs,
          remainingMs: (elapsedMs / step) * (numSteps - step),
          ...(scores && { validation: { ...summary(scores), count: scores.count } }),
        };
        if (isLast) return;
        since = [];
        sinceMs = clock();
      }
    }
  } finally {
    carried.dispose();
  }
}

function summary(statistics: CrossEntropyStatistics): { meanLoss: number; perplexity: number } {
  return { meanLoss: statistics.totalNats / statistics.count, perplexity: perplexity(statistics) };
}
