import { normal, type Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";

/**
 * A trainable variable of values drawn from N(0, standardDeviation²): PyTorch's initial values of an embedding table, for
 * which the standard deviation is 1.
 *
 * @param options shape, and standardDeviation, default 1.
 * @returns a variable that the caller owns.
 */
export function normalVariable(
  generator: Generator,
  { shape, standardDeviation = 1 }: { readonly shape: readonly number[]; readonly standardDeviation?: number },
): tf.Variable {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, () => normal(generator, { standardDeviation }));
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape])));
}
