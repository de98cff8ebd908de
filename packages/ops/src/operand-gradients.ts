import * as tf from "@tensorflow/tfjs";
import { runKernel } from "./kernels.ts";

/** Something that an operation is differentiated by. */
export interface Operand {
  /** As the gradient kernel knows it. */
  readonly operand: string;
  readonly shape: readonly number[];
  /** Whether its gradient is computed together with those of others, whether anyone asks for it or not. */
  readonly isTrainable: boolean;
}

export function operandOf(operand: string, tensor: tf.Tensor): Operand {
  return { operand, shape: tensor.shape, isTrainable: tensor instanceof tf.Variable && tensor.trainable };
}

/**
 * The gradients by operands, by a kernel that gives those of any of them. Those of trainable variables are computed at once, by one call, for
 * what TensorFlow.js does around a call takes as long as a small kernel; the others when they are asked for.
 */
export function operandGradients(
  kernel: "recurrentGradient" | "linearCrossEntropyGradient",
  tensors: Readonly<Record<string, tf.Tensor | undefined>>,
  operands: readonly Operand[],
): Record<string, () => tf.Tensor> {
  const run = (wanted: readonly Operand[]) => runKernel(kernel, tensors, { operands: wanted });
  const trainable = operands.filter(({ isTrainable }) => isTrainable);
  const computed = trainable.length > 0 ? run(trainable) : [];
  const gradients: Record<string, () => tf.Tensor> = {};
  for (const each of operands) {
    const index = trainable.indexOf(each);
    gradients[each.operand] = () => computed[index] ?? run([each])[0]!;
  }
  return gradients;
}
