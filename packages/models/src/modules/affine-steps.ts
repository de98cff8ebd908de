import { affine } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { Linear } from "./linear.ts";

/** A linear layer at every step: [B, T, I] → [B, T, O]. */
export function affineSteps(sequence: tf.Tensor3D, linear: Pick<Linear, "weight" | "bias">): tf.Tensor3D {
  const [batchSize, numSteps, size] = sequence.shape;
  return tf.tidy(() => {
    const rows = affine(tf.reshape(sequence, [-1, size]), linear);
    return tf.reshape(rows, [batchSize, numSteps, linear.weight.shape[0]]);
  });
}
