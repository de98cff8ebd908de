import { normal, type Generator } from "@rnnkit/random";
import type * as tf from "@tensorflow/tfjs";
import { drawVariable } from "./draw-variable.ts";

/**
 * A trainable variable of values drawn from N(0, standardDeviation²): PyTorch's initial values of an embedding table, for
 * which the standard deviation is 1, and d2l's of everything, for which it is 0.01.
 *
 * @param options shape, and standardDeviation, default 1.
 * @returns a variable that the caller owns.
 */
export function normalVariable(
  generator: Generator,
  { shape, standardDeviation = 1 }: { readonly shape: readonly number[]; readonly standardDeviation?: number },
): tf.Variable {
  return drawVariable(shape, () => normal(generator, { standardDeviation }));
}
