import * as tf from "@tensorflow/tfjs";
import { maskedMean, type ComparedValues } from "./masked-mean.ts";

/**
 * The mean cross-entropy of yes-or-no questions in nats, −t·ln σ(x) − (1 − t)·ln(1 − σ(x)), computed from the logits x as
 * softplus(x) − x·t, which does not overflow.
 *
 * @param logits any shape; borrowed. The targets are from 0 to 1.
 * @returns a scalar that the caller owns. Differentiable with respect to the logits.
 * @throws ShapeError when the shapes differ; RangeError when no value counts.
 * @see `torch.nn.functional.binary_cross_entropy_with_logits`.
 */
export function binaryCrossEntropy(logits: tf.Tensor, compared: ComparedValues): tf.Scalar {
  return maskedMean("binaryCrossEntropy", { values: logits, ...compared }, () =>
    tf.sub(tf.softplus(logits), tf.mul(logits, compared.targets)),
  );
}
