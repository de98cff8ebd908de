import * as tf from "@tensorflow/tfjs";

/** gradientᵀ·inputs [O, I], by way of its transpose: no operand of the product is transposed, and the inputs are turned. */
export function weightGradient(gradient: tf.Tensor, inputs: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.transpose(tf.matMul(tf.transpose(inputs), gradient)));
}
