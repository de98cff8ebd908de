import * as tf from "@tensorflow/tfjs";
import { checkShape } from "./check-shape.ts";

/**
 * y = x·Wᵀ + b, the linear layer with PyTorch's weight layout.
 *
 * The transposition is explicit: TensorFlow.js's wasm backend multiplies transposed operands ten times slower than it
 * transposes and multiplies.
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
  return tf.tidy(() => {
    const product: tf.Tensor2D = tf.matMul(inputs, tf.transpose(weight));
    return bias ? tf.add(product, bias) : product;
  });
}
