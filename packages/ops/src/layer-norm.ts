import * as tf from "@tensorflow/tfjs";
import { checkShape } from "./check-shape.ts";

export interface LayerNormOptions {
  /** [N], what each normalised number is multiplied by. Default 1. */
  readonly gain?: tf.Tensor1D | undefined;
  /** [N], what is added then. Default 0. */
  readonly bias?: tf.Tensor1D | undefined;
  /** Added to the variance. Default 1e-5, as in PyTorch. */
  readonly epsilon?: number;
}

/**
 * Each row, less its mean, by its standard deviation: (x − μ)/√(σ² + ε) ⊙ gain + bias, with the variance over N, not N − 1.
 *
 * @param inputs [B, N]; borrowed, as the options.
 * @returns [B, N], owned by the caller. Differentiable with respect to all three.
 * @throws ShapeError when the shapes do not fit; RangeError when ε is not positive.
 * @see Ba, Kiros and Hinton, "Layer Normalization" (2016); `torch.nn.LayerNorm`.
 */
export function layerNorm(inputs: tf.Tensor2D, { gain, bias, epsilon = 1e-5 }: LayerNormOptions = {}): tf.Tensor2D {
  checkShape("layerNorm: inputs", inputs, { B: undefined, N: undefined });
  const sizes = { N: inputs.shape[1] };
  if (gain) checkShape("layerNorm: gain", gain, sizes);
  if (bias) checkShape("layerNorm: bias", bias, sizes);
  if (!(epsilon > 0)) throw new RangeError(`layerNorm: epsilon must be positive, got ${epsilon}`);
  return tf.tidy(() => {
    const centred = tf.sub(inputs, tf.mean(inputs, 1, true));
    const variance = tf.mean(tf.square(centred), 1, true); // [B, 1]
    const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
    const scaled = gain ? tf.mul(normal, gain) : normal;
    return (bias ? tf.add(scaled, bias) : scaled) as tf.Tensor2D;
  });
}
