import { globalNorm } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { Gradients } from "./optimizer.ts";

/**
 * Scales gradients so that the Euclidean norm of all of them together is at most `maxNorm`: each is multiplied by
 * min(1, maxNorm/(norm + 1e-6)), as `torch.nn.utils.clip_grad_norm_` does; d2l adds nothing to the norm.
 *
 * @param gradients borrowed.
 * @param options maxNorm, positive; `Infinity` scales nothing and only measures.
 * @returns the scaled gradients, and their norm before scaling; the caller owns both.
 * @throws RangeError when `maxNorm` is not positive.
 */
export function clipByGlobalNorm(
  gradients: Gradients,
  { maxNorm }: { readonly maxNorm: number },
): { readonly gradients: Gradients; readonly norm: tf.Scalar } {
  if (!(maxNorm > 0)) throw new RangeError(`clipByGlobalNorm: maxNorm must be positive, got ${maxNorm}`);
  return tf.tidy(() => {
    const norm = globalNorm(Object.values(gradients));
    const isFinite = maxNorm < Infinity;
    const scale = tf.minimum(1, tf.div(isFinite ? maxNorm : 1, tf.add(norm, 1e-6)));
    const scaled = Object.entries(gradients).map(
      ([name, gradient]) => [name, isFinite ? tf.mul(gradient, scale) : tf.clone(gradient)] as const,
    );
    return { gradients: Object.fromEntries(scaled), norm };
  });
}

/** The factor by which `clipByGlobalNorm` scales. */
export function clippingScale(norm: number, maxNorm: number): number {
  return maxNorm === Infinity ? 1 : Math.min(1, maxNorm / (norm + 1e-6));
}
