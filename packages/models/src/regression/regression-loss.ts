import * as tf from "@tensorflow/tfjs";
import { checkCount } from "../check-batch.ts";
import type { MeanLoss } from "../losses/cross-entropy-loss.ts";
import { meanSquaredError } from "../losses/mean-squared-error.ts";
import type { RegressionBatch, SeriesModel } from "./series-model.ts";

/** The mean squared error of what `forecast` makes of the windows of a batch; throws errors that name `caller`. */
export function regressionLoss(
  caller: string,
  { inputs, targets, shape, targetShape }: RegressionBatch,
  {
    config: { order, numFeatures },
    forecast,
  }: { readonly config: SeriesModel["config"]; readonly forecast: SeriesModel["forecast"] },
): MeanLoss & { readonly state: Record<string, never> } {
  const [batchSize, numSteps] = [shape[0], targetShape[1]];
  if (shape[1] !== order || shape[2] !== numFeatures) {
    throw new RangeError(`${caller}: shape must be [B, ${order}, ${numFeatures}], got [${shape.join(", ")}]`);
  }
  if (targetShape[0] !== batchSize || targetShape[2] !== numFeatures) {
    throw new RangeError(
      `${caller}: targetShape must be [${batchSize}, N, ${numFeatures}], got [${targetShape.join(", ")}]`,
    );
  }
  checkCount(`${caller}: inputs`, inputs, shape);
  checkCount(`${caller}: targets`, targets, targetShape);
  const meanLoss = tf.tidy(() => {
    const predictions = forecast(tf.tensor3d(inputs, [batchSize, order, numFeatures]), { numSteps });
    return meanSquaredError(predictions, { targets: tf.tensor3d(targets, [batchSize, numSteps, numFeatures]) });
  });
  return { meanLoss, count: targets.length, state: {} };
}

/** Throws an error that names `caller` unless windows [B, order, F] may be forecast for so many steps. */
export function checkForecast(
  caller: string,
  windows: tf.Tensor3D,
  { numSteps, order, numFeatures }: SeriesModel["config"] & { readonly numSteps: number },
): void {
  if (windows.rank !== 3 || windows.shape[1] !== order || windows.shape[2] !== numFeatures) {
    throw new RangeError(
      `${caller}: windows must have shape [B, ${order}, ${numFeatures}], got [${windows.shape.join(", ")}]`,
    );
  }
  if (!Number.isSafeInteger(numSteps) || numSteps < 1) {
    throw new RangeError(`${caller}: numSteps must be a positive integer, got ${numSteps}`);
  }
}
