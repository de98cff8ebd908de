import * as tf from "@tensorflow/tfjs";

/** The sum over the first axis, [N, O] -> [O], as a product with ones: the wasm backend's own sum turns its operand first. */
export function sumRows(tensor: tf.Tensor): tf.Tensor1D {
  return tf.tidy(() => tf.reshape(tf.matMul(tf.ones([1, tensor.shape[0]!]), tensor), [-1]));
}
