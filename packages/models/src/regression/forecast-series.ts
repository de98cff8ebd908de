import * as tf from "@tensorflow/tfjs";
import type { SeriesModel } from "./series-model.ts";

/** What a model says of a series so many steps ahead. */
export interface SeriesForecast {
  /** k, the time steps from the last one that was known to the one that is predicted; 1 for the next. */
  readonly numSteps: number;
  /** The time step of the series that the first prediction is for, from 0: tau + k − 1. */
  readonly firstTime: number;
  /** [N − tau − k + 1, F], the predictions of that time step and each after it, to the end of the series. */
  readonly values: Float32Array;
}

/** Windows that are forecast at once, which bounds the memory. */
const WINDOWS_AT_ONCE = 512;

/**
 * What a model predicts for each time step of a series, k steps ahead: from the tau true values that end k steps before, and
 * its own predictions in between. All k in one pass.
 *
 * @param series [N] or [N, F], time step by time step; borrowed.
 * @param options steps: the values of k, such as 1, 4, 16 and 64; each must leave a window, k ≤ N − tau.
 * @returns for each k, in the order given, what the caller owns.
 * @throws RangeError when there is no k, or one is no positive integer or too large for the series.
 * @see d2l, "Sequence Models", the k-step-ahead predictions.
 */
export async function forecastSeries(
  model: SeriesModel,
  series: Float32Array | Float64Array,
  { steps }: { readonly steps: readonly number[] },
): Promise<SeriesForecast[]> {
  const { order, numFeatures } = model.config;
  const numTimes = series.length / numFeatures;
  if (!Number.isInteger(numTimes)) {
    throw new RangeError(
      `forecastSeries: the length of series must be a multiple of numFeatures, ${numFeatures}, got ${series.length}`,
    );
  }
  if (steps.length === 0) throw new RangeError("forecastSeries: steps must not be empty, got none");
  for (const k of steps) {
    if (!Number.isSafeInteger(k) || k < 1 || k > numTimes - order) {
      throw new RangeError(`forecastSeries: steps must be from 1 to ${numTimes - order}, got ${k}`);
    }
  }
  const forecasts = steps.map((k) => ({
    numSteps: k,
    firstTime: order + k - 1,
    values: new Float32Array((numTimes - order - k + 1) * numFeatures),
  }));
  const furthest = Math.max(...steps);
  const numWindows = numTimes - order - Math.min(...steps) + 1;
  for (let first = 0; first < numWindows; first += WINDOWS_AT_ONCE) {
    const count = Math.min(WINDOWS_AT_ONCE, numWindows - first);
    const predicted = tf.tidy(() =>
      model.forecast(windows(series, { first, count, order, numFeatures }), { numSteps: furthest }),
    );
    try {
      const values = await predicted.data();
      for (const forecast of forecasts) {
        for (let row = 0; row < count; row++) {
          const place = (first + row) * numFeatures;
          if (place >= forecast.values.length) break; // it lies beyond the end of the series
          const start = (row * furthest + forecast.numSteps - 1) * numFeatures;
          forecast.values.set(values.subarray(start, start + numFeatures), place);
        }
      }
    } finally {
      predicted.dispose();
    }
  }
  return forecasts;
}

/** [count, order, F]: the windows that begin at the time steps from `first` on. */
function windows(
  series: Float32Array | Float64Array,
  { first, count, order, numFeatures }: { first: number; count: number; order: number; numFeatures: number },
): tf.Tensor3D {
  const size = order * numFeatures;
  const values = new Float32Array(count * size);
  for (let row = 0; row < count; row++) {
    const start = (first + row) * numFeatures;
    values.set(series.subarray(start, start + size), row * size);
  }
  return tf.tensor3d(values, [count, order, numFeatures]);
}
