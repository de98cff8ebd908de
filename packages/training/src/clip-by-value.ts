import * as tf from "@tensorflow/tfjs";
import type { Gradients } from "./optimizer.ts";

/**
 * Puts each number of each gradient between −maxValue and maxValue, which, other than a norm, changes the direction of the step.
 *
 * @param gradients borrowed.
 * @param options maxValue, positive.
 * @returns the gradients; the caller owns them.
 * @throws RangeError when `maxValue` is not positive.
 * @see `torch.nn.utils.clip_grad_value_`.
 */
export function clipByValue(gradients: Gradients, { maxValue }: { readonly maxValue: number }): Gradients {
  if (!(maxValue > 0)) throw new RangeError(`clipByValue: maxValue must be positive, got ${maxValue}`);
  return tf.tidy(() =>
    Object.fromEntries(
      Object.entries(gradients).map(([name, gradient]) => [name, tf.clipByValue(gradient, -maxValue, maxValue)]),
    ),
  );
}
