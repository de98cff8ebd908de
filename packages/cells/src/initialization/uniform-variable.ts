import { uniform, type Generator } from "@rnnkit/random";
import type * as tf from "@tensorflow/tfjs";
import { drawVariable } from "./draw-variable.ts";

/**
 * A trainable variable of values drawn from U(−bound, bound): PyTorch's initial values of recurrent and linear layers.
 * The draws are the generator's, so that they are the same on every backend.
 *
 * @param options shape, and bound, the largest magnitude.
 * @returns a variable that the caller owns.
 */
export function uniformVariable(
  generator: Generator,
  { shape, bound }: { readonly shape: readonly number[]; readonly bound: number },
): tf.Variable {
  return drawVariable(shape, () => uniform(generator, { low: -bound, high: bound }));
}
