import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "./kernels.ts";

/**
 * The Euclidean norm of all gradients taken as one vector: what clipping by the global norm wants to know.
 *
 * @param gradients of any shapes, float32; borrowed.
 * @returns a number on the host, NaN where one of them is NaN.
 */
export function globalNorm(gradients: readonly tf.Tensor[]): number {
  return tf.tidy(() => {
    if (gradients.length === 0) return 0;
    if (hasKernel("sumOfSquares")) {
      const sums = gradients.map((x) => runKernel("sumOfSquares", { x }, {})[0]!);
      return Math.sqrt(sums.reduce((total, sum) => total + sum.dataSync()[0]!, 0));
    }
    const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
    return Math.sqrt(tf.addN(squares).dataSync()[0]!);
  });
}
