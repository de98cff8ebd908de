import * as tf from "@tensorflow/tfjs";

/**
 * Rows of zeros with a 1 at each id, as float32. (`tf.oneHot` given that type writes integers into it on wasm.)
 *
 * @param ids int32, any shape, each from 0 to depth − 1; borrowed.
 * @param depth V, the width of a row.
 * @returns [...ids.shape, V], owned by the caller. Not differentiable.
 */
export function oneHot(ids: tf.Tensor, depth: number): tf.Tensor {
  if (depth === 1) return tf.ones([...ids.shape, 1]); // which tf.oneHot refuses
  return tf.tidy(() => tf.cast(tf.oneHot(ids, depth), "float32"));
}
