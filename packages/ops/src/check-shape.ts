import type * as tf from "@tensorflow/tfjs";
import { ShapeError } from "./shape-error.ts";

/**
 * Throws unless `tensor` is alive and has the shape `expected`.
 *
 * @param argument what the message calls it: `function: argument`.
 * @param expected sizes by name, for instance `{ B: 2, H: 3 }`; `undefined` admits any size.
 */
export function checkShape(
  argument: string,
  tensor: tf.Tensor,
  expected: Readonly<Record<string, number | undefined>>,
): void {
  if (tensor.isDisposed) throw new Error(`${argument} must not be disposed before it is used`);
  const sizes = Object.values(expected);
  const fits =
    tensor.shape.length === sizes.length &&
    sizes.every((size, axis) => (size ?? tensor.shape[axis]) === tensor.shape[axis]);
  if (!fits) {
    const names = Object.entries(expected).map(([name, size]) => (size === undefined ? name : `${name}=${size}`));
    throw new ShapeError(`${argument} must have shape [${names.join(", ")}], got [${tensor.shape.join(", ")}]`);
  }
}
