import type { SimdArray } from "./simd.ts";

/** @throws RangeError that names caller and argument when there is less memory than a kernel would touch. */
export function checkLength(argument: string, array: SimdArray | undefined, length: number): void {
  if (array && array.length < length) {
    throw new RangeError(`${argument} must hold at least ${length} elements, got ${array.length}`);
  }
}

/** The same for elements that lie `strides` apart along axes of these sizes, the first one at `offset`. */
export function checkStrides(
  argument: string,
  array: SimdArray,
  { shape, strides, offset = 0 }: { shape: readonly number[]; strides: readonly number[]; offset?: number },
): void {
  if (shape.includes(0)) return;
  const last = shape.reduce((at, size, axis) => at + (size - 1) * strides[axis]!, offset);
  checkLength(argument, array, last + 1);
}
