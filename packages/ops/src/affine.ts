import * as tf from "@tensorflow/tfjs";
import { checkShape } from "./check-shape.ts";
import { hasKernel, runKernel } from "./kernels.ts";
import { sumRows } from "./sum-rows.ts";
import { weightGradient } from "./weight-gradient.ts";
import { withGradient } from "./with-gradient.ts";

/**
 * y = x·Wᵀ + b, the linear layer with PyTorch's weight layout.
 *
 * Its gradient is its own: where the backend has no kernel for it, without a product of transposed operands, for which
 * TensorFlow.js's wasm backend takes ten times as long as to transpose and multiply.
 *
 * @param inputs [N, I]; borrowed, as the others.
 * @param parameters weight [O, I] and, optionally, bias [O].
 * @returns [N, O], owned by the caller. Differentiable with respect to all three.
 * @throws ShapeError when the shapes do not fit.
 */
export function affine(
  inputs: tf.Tensor2D,
  { weight, bias }: { readonly weight: tf.Tensor2D; readonly bias?: tf.Tensor1D | undefined },
): tf.Tensor2D {
  const [outputSize, inputSize] = weight.shape;
  checkShape("affine: inputs", inputs, { N: undefined, I: inputSize });
  if (bias) checkShape("affine: bias", bias, { O: outputSize });
  const [output] = withGradient({
    inputs: { inputs, weight, ...(bias && { bias }) },
    forward(save) {
      save([inputs, weight]);
      if (hasKernel("affine")) return runKernel("affine", { inputs, weight, bias }, {});
      const product = tf.matMul(inputs, tf.transpose(weight));
      return [bias ? tf.add(product, bias) : product];
    },
    backward: ([gradient], [savedInputs, savedWeight]) => ({
      inputs: () => tf.matMul(gradient!, savedWeight!),
      weight: () =>
        hasKernel("affine") ? tf.matMul(gradient!, savedInputs!, true) : weightGradient(gradient!, savedInputs!),
      bias: () => (hasKernel("affine") ? tf.sum(gradient!, 0) : sumRows(gradient!)),
    }),
  });
  return output as tf.Tensor2D;
}
