import * as tf from "@tensorflow/tfjs";

/** [B, T, N] -> [T·B, N]: the rows of a step lie together. */
export function timeMajor(tensor: tf.Tensor): tf.Tensor2D {
  return tf.tidy(() => tf.reshape<tf.Rank.R2>(tf.transpose(tensor, [1, 0, 2]), [-1, tensor.shape[2]!]));
}

/** [T·B, N] -> [B, T, N] */
export function batchMajor(tensor: tf.Tensor, [batchSize, numSteps]: readonly [number, number]): tf.Tensor3D {
  return tf.tidy(() => {
    const steps = tf.reshape<tf.Rank.R3>(tensor, [numSteps, batchSize, tensor.shape[1]!]);
    return tf.transpose(steps, [1, 0, 2]);
  });
}

/** The rows of step t: [T·B, ...] -> [B, ...]. */
export function stepRows<T extends tf.Tensor>(tensor: T, t: number, batchSize: number): T {
  return tf.slice(tensor, t * batchSize, batchSize);
}
