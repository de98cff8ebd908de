import * as tf from "@tensorflow/tfjs";
import { affine } from "./affine.ts";
import { checkShape } from "./check-shape.ts";
import { hasKernel, runKernel } from "./kernels.ts";
import { operandGradients, operandOf } from "./operand-gradients.ts";
import { checkCrossEntropy, softmaxCrossEntropy, type SoftmaxCrossEntropyOptions } from "./softmax-cross-entropy.ts";
import { withGradient } from "./with-gradient.ts";

export interface LinearCrossEntropyOptions extends SoftmaxCrossEntropyOptions {
  /** Multiplies the sum: 1 by the number of positions makes it a mean. Default 1. */
  readonly scale?: number;
}

/**
 * scale·Σ `softmaxCrossEntropy(affine(inputs, layer), targets)` over all positions, the end of most models, in one operation: where the
 * backend has a kernel for it, the logits, often a model's largest tensor, are held once, and turn into their own gradient.
 *
 * @param inputs [N, I], or [B, T, I] of N = B·T positions, row by row; borrowed, as the others.
 * @param layer weight [V, I] and, optionally, bias [V].
 * @param targets [N], int32, each from 0 to V − 1 (not read back to be checked).
 * @returns a scalar in nats that the caller owns. Differentiable with respect to inputs, weight and bias.
 * @throws ShapeError when the shapes do not fit; TypeError when `targets` is not int32; RangeError for a bad ε.
 */
export function linearCrossEntropy(
  inputs: tf.Tensor2D | tf.Tensor3D,
  { weight, bias }: { readonly weight: tf.Tensor2D; readonly bias?: tf.Tensor1D | undefined },
  targets: tf.Tensor1D,
  { scale = 1, ...options }: LinearCrossEntropyOptions = {},
): tf.Scalar {
  const [vocabSize, inputSize] = weight.shape;
  const positions = inputs.rank === 3 ? { B: undefined, T: undefined } : { N: undefined };
  checkShape("linearCrossEntropy: inputs", inputs, { ...positions, I: inputSize });
  if (bias) checkShape("linearCrossEntropy: bias", bias, { V: vocabSize });
  checkCrossEntropy("linearCrossEntropy", { count: inputs.size / inputSize, targets, ...options });
  if (!hasKernel("linearCrossEntropy")) {
    return tf.tidy(() => {
      const logits = affine(tf.reshape(inputs, [-1, inputSize]), { weight, bias });
      return tf.mul(tf.sum(softmaxCrossEntropy(logits, targets, options)), scale);
    });
  }
  const { mask, labelSmoothing = 0 } = options;
  const operands = [operandOf("inputs", inputs), operandOf("weight", weight)];
  if (bias) operands.push(operandOf("bias", bias));
  const [total] = withGradient({
    inputs: { inputs, weight, ...(bias && { bias }) },
    forward(save) {
      const tensors = { inputs, weight, bias, targets, mask };
      const [total, slopes] = runKernel("linearCrossEntropy", tensors, { labelSmoothing, scale });
      save([inputs, weight], [slopes!]);
      return [total!];
    },
    backward: ([gradient], [savedInputs, savedWeight, slopes], isWanted) =>
      operandGradients(
        "linearCrossEntropyGradient",
        { inputs: savedInputs, weight: savedWeight, slopes, gradient },
        operands.filter(({ operand }) => isWanted(operand)),
      ),
  });
  return total as tf.Scalar;
}
