import * as tf from "@tensorflow/tfjs";

/** A trainable variable of numbers drawn one after the other on the host: the same on every backend. */
export function drawVariable(shape: readonly number[], draw: () => number): tf.Variable {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, draw);
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape])));
}
