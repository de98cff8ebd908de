import type { Generator } from "@rnnkit/random";
import type * as tf from "@tensorflow/tfjs";
import { uniformVariable } from "./uniform-variable.ts";

/**
 * A trainable variable of values drawn from U(−b, b) with b = √(6/(I + O)): Keras's initial values of kernels.
 *
 * @param options shape [O, I]; all gates of a recurrent weight count as one matrix, as in Keras.
 * @returns a variable that the caller owns.
 * @see Glorot and Bengio (2010); Keras's `GlorotUniform`.
 */
export function glorotUniformVariable(
  generator: Generator,
  { shape }: { readonly shape: readonly [outputSize: number, inputSize: number] },
): tf.Variable {
  return uniformVariable(generator, { shape, bound: Math.sqrt(6 / (shape[0] + shape[1])) });
}
