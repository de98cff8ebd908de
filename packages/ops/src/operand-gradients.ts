import type * as tf from "@tensorflow/tfjs";
import { runKernel } from "./kernels.ts";

/** Something that an operation is differentiated by. */
export interface Operand {
  /** As the gradient kernel knows it. */
  readonly operand: string;
  readonly shape: readonly number[];
}

export function operandOf(operand: string, tensor: tf.Tensor): Operand {
  return { operand, shape: tensor.shape };
}

/**
 * The gradients by operands, by a kernel that gives those of any of them: by one call, since what TensorFlow.js does around a call takes as
 * long as a small kernel.
 */
export function operandGradients(
  kernel: "recurrentBackward" | "recurrentGradient" | "linearCrossEntropyGradient",
  tensors: Readonly<Record<string, tf.Tensor | undefined>>,
  operands: readonly Operand[],
): Record<string, () => tf.Tensor> {
  if (operands.length === 0) return {};
  const results = runKernel(kernel, tensors, { operands });
  const gradients: Record<string, () => tf.Tensor> = {};
  for (let i = 0; i < operands.length; i++) gradients[operands[i]!.operand] = () => results[i]!;
  return gradients;
}
