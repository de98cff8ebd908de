import * as tf from "@tensorflow/tfjs";

/**
 * The inputs with 0 in place of what lies beyond each row's length: a mask multiplied later would leave a NaN of the padding.
 *
 * @param inputs [B, T, I], or ids [B, T].
 * @param lengths [B]; `undefined` where there is no padding.
 */
export function clearPadding<Inputs extends tf.Tensor>(inputs: Inputs, lengths: Int32Array | undefined): Inputs {
  if (!lengths) return inputs;
  const [batchSize, numSteps] = inputs.shape as [number, number];
  const values = Array.from(lengths, (length) => Array.from({ length: numSteps }, (_, t) => Number(t < length))).flat();
  return tf.tidy(() => {
    if (inputs.rank === 2) return tf.mul(inputs, tf.tensor2d(values, [batchSize, numSteps], "int32"));
    return tf.where(tf.tensor3d(values, [batchSize, numSteps, 1], "bool"), inputs, tf.zerosLike(inputs)) as Inputs;
  });
}
