import { normal, type Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { orthonormalColumns } from "./orthonormal-columns.ts";

/**
 * A trainable variable with orthonormal columns, or rows where these are fewer: the orthogonal factor of a matrix of normal
 * draws, so that products with it neither grow nor shrink. Keras's initial values of recurrent kernels.
 *
 * @param options shape [O, I].
 * @returns a variable that the caller owns.
 * @see Saxe, McClelland and Ganguli (2014); Keras's `Orthogonal`.
 */
export function orthogonalVariable(
  generator: Generator,
  { shape: [numRows, numColumns] }: { readonly shape: readonly [outputSize: number, inputSize: number] },
): tf.Variable {
  const [long, short] = [Math.max(numRows, numColumns), Math.min(numRows, numColumns)];
  const drawn = Array.from({ length: short }, () => Float64Array.from({ length: long }, () => normal(generator)));
  const columns = orthonormalColumns(drawn);
  return tf.tidy(() => {
    const transposed = tf.tensor2d(columns.map((column) => Array.from(column))); // [short, long]
    return tf.variable(numRows >= numColumns ? tf.transpose(transposed) : transposed);
  });
}
