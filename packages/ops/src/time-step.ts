import * as tf from "@tensorflow/tfjs";

/**
 * One time step of a sequence: [B, T, N] -> [B, N]. (`tf.unstack` of a single step has no working gradient.)
 *
 * @param sequence borrowed.
 * @param t 0 to T − 1.
 * @returns a tensor that the caller owns. Differentiable with respect to the sequence.
 */
export function timeStep(sequence: tf.Tensor3D, t: number): tf.Tensor2D {
  const [batchSize, , size] = sequence.shape;
  return tf.tidy(() => tf.reshape<tf.Rank.R2>(tf.slice(sequence, [0, t, 0], [batchSize, 1, size]), [batchSize, size]));
}
