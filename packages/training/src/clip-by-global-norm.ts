import { globalNorm } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { checkHyperparameter } from "./check-hyperparameter.ts";
import type { Gradients } from "./optimizer.ts";

/** How gradients are clipped by their norm. */
export interface ClipByGlobalNormOptions {
  /** Positive; `Infinity` scales nothing and only measures. */
  readonly maxNorm: number;
  /**
   * Added to the norm. Default 1e-6, as in PyTorch: a norm just above `maxNorm` comes out a little below it. 0 is the form of d2l:
   * what is above `maxNorm` is scaled to just that, and what is not is left alone.
   */
  readonly epsilon?: number;
}

/**
 * Scales gradients so that the Euclidean norm of all of them together is at most `maxNorm`: each is multiplied by
 * min(1, maxNorm/(norm + epsilon)).
 *
 * @param gradients borrowed.
 * @returns the scaled gradients, and their norm before scaling; the caller owns both.
 * @throws RangeError when `maxNorm` is not positive, or `epsilon` negative or not finite.
 * @see `torch.nn.utils.clip_grad_norm_`; `grad_clipping` of d2l.
 */
export function clipByGlobalNorm(
  gradients: Gradients,
  { maxNorm, epsilon = 1e-6 }: ClipByGlobalNormOptions,
): { readonly gradients: Gradients; readonly norm: tf.Scalar } {
  if (!(maxNorm > 0)) throw new RangeError(`clipByGlobalNorm: maxNorm must be positive, got ${maxNorm}`);
  checkHyperparameter("clipByGlobalNorm: epsilon", epsilon, [0, Infinity]);
  return tf.tidy(() => {
    const norm = globalNorm(Object.values(gradients));
    const isFinite = maxNorm < Infinity;
    const scale = tf.minimum(1, tf.div(isFinite ? maxNorm : 1, tf.add(norm, epsilon)));
    const scaled = Object.entries(gradients).map(
      ([name, gradient]) => [name, isFinite ? tf.mul(gradient, scale) : tf.clone(gradient)] as const,
    );
    return { gradients: Object.fromEntries(scaled), norm };
  });
}

/** The factor by which `clipByGlobalNorm` scales. */
export function clippingScale(norm: number, { maxNorm, epsilon = 1e-6 }: ClipByGlobalNormOptions): number {
  return maxNorm === Infinity ? 1 : Math.min(1, maxNorm / (norm + epsilon));
}
