import type { Batches } from "../batches.ts";
import { checkPositiveInteger } from "../check-positive-integer.ts";
import { exampleEpochs } from "../example-epochs.ts";
import { checkExampleOptions, type ExampleOptions } from "../example-options.ts";
import { checkSeries } from "./check-series.ts";
import { cutWindows, type SeriesBatch } from "./cut-windows.ts";

/** What is predicted from what in a numeric series, and how it is batched. */
export interface SeriesOptions extends ExampleOptions {
  /** tau, the time steps of an input: the order of the Markov model. */
  readonly order: number;
  /** k, how many time steps after the last input the last target lies. Default 1. */
  readonly horizon?: number;
  /**
   * The time steps up to the last target that are targets. Default k, all from the input to there; 1: the k-th alone; tau
   * with a horizon of 1: the input shifted by one.
   */
  readonly numTargets?: number;
  /** F, the numbers of a time step. Default 1. */
  readonly numFeatures?: number;
  /** Which of the F numbers are predicted. Default all. */
  readonly targetFeatures?: readonly number[];
  /** Time steps from the start of a window to that of the next. Default 1. */
  readonly stride?: number;
}

/**
 * Minibatches of sliding windows over a numeric series, for a model that predicts it: row by row the `order` time steps
 * from some time on, and as targets the last `numTargets` of the time steps up to `horizon` after them. A series of N time
 * steps has N - order - horizon + 1 windows of stride 1.
 *
 * @param series [N] or [N, F], time step by time step; borrowed for as long as the batches are used. Scaling it, and
 *   leaving out what is missing, is the caller's.
 * @throws RangeError when `batchSize` is greater than the number of windows, or an option is out of range.
 * @throws TypeError when `series` is not a Float32Array or Float64Array.
 */
export function seriesBatches(series: Float32Array | Float64Array, options: SeriesOptions): Batches<SeriesBatch> {
  const { order, horizon = 1, numTargets = horizon, numFeatures = 1, stride = 1 } = options;
  for (const [name, value] of Object.entries({ order, horizon, numTargets, numFeatures, stride })) {
    checkPositiveInteger("seriesBatches", name, value);
  }
  if (numTargets >= order + horizon) {
    throw new RangeError(
      `seriesBatches: numTargets must be below order + horizon, ${order + horizon}, got ${numTargets}`,
    );
  }
  const numTimeSteps = checkSeries(series, numFeatures);
  const targetFeatures = options.targetFeatures ?? Array.from({ length: numFeatures }, (_, feature) => feature);
  if (targetFeatures.length === 0) throw new RangeError("seriesBatches: targetFeatures must not be empty, got none");
  for (const feature of targetFeatures) {
    if (!Number.isInteger(feature) || feature < 0 || feature >= numFeatures) {
      throw new RangeError(
        `seriesBatches: targetFeatures must be integers from 0 to below numFeatures, ${numFeatures}, got ${feature}`,
      );
    }
  }
  const numExamples = Math.max(0, Math.ceil((numTimeSteps - order - horizon + 1) / stride));
  checkExampleOptions("seriesBatches", options, { numExamples, name: "windows" });
  const windows = { order, firstTarget: order + horizon - numTargets, numTargets, numFeatures, targetFeatures, stride };
  return exampleEpochs(options, { numExamples, make: (indices) => cutWindows(series, { ...windows, indices }) });
}
