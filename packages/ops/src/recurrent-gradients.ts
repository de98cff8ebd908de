import * as tf from "@tensorflow/tfjs";
import { runKernel } from "./kernels.ts";

/** Something that a recurrent layer is differentiated by: `inputs` or a name of `RecurrentWeights`. */
export interface GradientOperand {
  readonly operand: string;
  readonly shape: readonly number[];
  /** Whether its gradient is computed together with those of others, whether anyone asks for it or not. */
  readonly isTrainable: boolean;
}

export function gradientOperand(operand: string, tensor: tf.Tensor): GradientOperand {
  return { operand, shape: tensor.shape, isTrainable: tensor instanceof tf.Variable && tensor.trainable };
}

/**
 * The gradients by the operands of a layer whose backward kernel has run. Those of trainable variables are computed at once, by one
 * run of the gradient kernel, for a run around each takes as long as a small one; the others when they are asked for.
 */
export function recurrentGradients(
  tensors: { readonly workspace: tf.Tensor | undefined; readonly inputWeight: tf.Tensor | undefined },
  operands: readonly GradientOperand[],
): Record<string, () => tf.Tensor> {
  const run = (wanted: readonly GradientOperand[]) => runKernel("recurrentGradient", tensors, { operands: wanted });
  const trainable = operands.filter(({ isTrainable }) => isTrainable);
  const computed = trainable.length > 0 ? run(trainable) : [];
  const gradients: Record<string, () => tf.Tensor> = {};
  for (const each of operands) {
    const index = trainable.indexOf(each);
    gradients[each.operand] = () => computed[index] ?? run([each])[0]!;
  }
  return gradients;
}
