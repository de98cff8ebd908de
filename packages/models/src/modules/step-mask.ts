import * as tf from "@tensorflow/tfjs";

/** [B, T, 1]: 1 at the steps of each row that `isKept`, 0 at the others. */
export function stepMask(
  shape: readonly [batchSize: number, numSteps: number],
  isKept: (step: number, row: number) => boolean,
): tf.Tensor3D {
  const [batchSize, numSteps] = shape;
  const values = Float32Array.from({ length: batchSize * numSteps }, (_, i) =>
    isKept(i % numSteps, Math.floor(i / numSteps)) ? 1 : 0,
  );
  return tf.tensor3d(values, [batchSize, numSteps, 1]);
}
