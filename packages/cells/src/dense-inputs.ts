import { oneHot } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { SequenceInputs } from "./cell.ts";

/** [B, T, I]: ids as one-hot rows, anything else as it is. */
export function denseInputs(inputs: SequenceInputs, inputSize: number): tf.Tensor3D {
  if (inputs.rank === 3) return inputs as tf.Tensor3D;
  return tf.tidy(() => {
    const [first, last] = [tf.scalar(0, "int32"), tf.scalar(inputSize - 1, "int32")];
    // Beyond a row's length an id may be none at all; it must not make the backend write outside of its row.
    return oneHot(tf.minimum(tf.maximum(inputs, first), last), inputSize) as tf.Tensor3D;
  });
}
