import type * as tf from "@tensorflow/tfjs";

/** The value of a scalar, which is disposed. */
export async function readScalar(scalar: tf.Scalar): Promise<number> {
  try {
    return (await scalar.data())[0]!;
  } finally {
    scalar.dispose();
  }
}
