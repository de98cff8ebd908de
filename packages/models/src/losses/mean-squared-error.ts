import * as tf from "@tensorflow/tfjs";
import { maskedMean, type ComparedValues } from "./masked-mean.ts";

/**
 * The mean of (prediction − target)², over all values that the mask keeps.
 *
 * @param predictions any shape; borrowed.
 * @returns a scalar that the caller owns. Differentiable with respect to the predictions.
 * @throws ShapeError when the shapes differ; RangeError when no value counts.
 * @see `torch.nn.functional.mse_loss`.
 */
export function meanSquaredError(predictions: tf.Tensor, compared: ComparedValues): tf.Scalar {
  return maskedMean("meanSquaredError", { values: predictions, ...compared }, () =>
    tf.square(tf.sub(predictions, compared.targets)),
  );
}
