import { elementCount } from "../element-count.ts";
import { showValue } from "../show-value.ts";
import type { Weight } from "./weight.ts";

/**
 * Throws unless a weight has the sizes named.
 *
 * @param argument what the message calls it, with the function, for instance `linearFromKeras: kernel`.
 * @param sizes the name of each dimension, with its size where it is known.
 */
export function checkWeight(
  argument: string,
  weight: Weight | undefined,
  sizes: Readonly<Record<string, number | undefined>>,
): asserts weight is Weight {
  const wanted = `[${Object.entries(sizes)
    .map(([name, size]) => (size === undefined ? name : `${name}=${size}`))
    .join(", ")}]`;
  const data: unknown = weight?.data;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    throw new TypeError(`${argument} must have data in a Float32Array or Float64Array, got ${showValue(data)}`);
  }
  const shape: unknown = weight!.shape;
  const expected = Object.values(sizes);
  const fits =
    Array.isArray(shape) &&
    shape.length === expected.length &&
    expected.every((size, axis) => size === undefined || shape[axis] === size);
  if (!fits) throw new RangeError(`${argument} must have shape ${wanted}, got ${showValue(shape)}`);
  const count = elementCount(shape);
  if (count !== data.length) {
    throw new RangeError(`${argument} must have data of ${count} elements for its shape, got ${data.length}`);
  }
}
