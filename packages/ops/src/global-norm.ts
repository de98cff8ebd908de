import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "./kernels.ts";

/**
 * The Euclidean norm of all gradients taken as one vector: what clipping by the global norm wants to know.
 *
 * @param gradients of any shapes, float32; borrowed.
 * @returns a scalar that the caller owns; 0 where there are no gradients. Not differentiable.
 */
export function globalNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  if (gradients.length === 0) return tf.scalar(0);
  if (hasKernel("globalNorm")) {
    return runKernel("globalNorm", Object.fromEntries(gradients.map((x, i) => [String(i), x])), {})[0] as tf.Scalar;
  }
  return tf.tidy(() => tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient))))));
}
