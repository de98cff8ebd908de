import { checkStrides } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import type { Simd, SimdArray } from "./simd.ts";

export interface StridedCopyArguments {
  /** The sizes of what is copied, at most four axes. */
  readonly shape: readonly number[];
  readonly source: SimdArray;
  /** Where the first element is, and how many elements lie from one to the next along each axis; a stride of 0 repeats. */
  readonly sourceOffset?: number;
  readonly sourceStrides: readonly number[];
  readonly target: SimdArray;
  readonly targetOffset?: number;
  readonly targetStrides: readonly number[];
}

/**
 * Copies 32-bit elements between two layouts: transposition, slices, joins, splits and broadcasting are cases of it.
 *
 * @throws RangeError when there are more than four axes, or an array holds too little.
 */
export function stridedCopy(simd: Simd, args: StridedCopyArguments): void {
  const { shape, source, sourceOffset = 0, sourceStrides, target, targetOffset = 0, targetStrides } = args;
  if (shape.length > 4) throw new RangeError(`stridedCopy: shape must have at most 4 axes, got ${shape.length}`);
  checkStrides("stridedCopy: source", source, { shape, strides: sourceStrides, offset: sourceOffset });
  checkStrides("stridedCopy: target", target, { shape, strides: targetStrides, offset: targetOffset });
  const count = shape.reduce((a, b) => a * b, 1);
  if (count === 0) return;
  const pad = (values: readonly number[], value: number) => [
    ...Array<number>(4 - values.length).fill(value),
    ...values,
  ];
  simd.run(KERNEL.copy, simd.numTasks(8 * count), [
    ...pad(shape, 1),
    ...[source.pointer + sourceOffset * 4, ...pad(sourceStrides, 0)],
    ...[target.pointer + targetOffset * 4, ...pad(targetStrides, 0)],
  ]);
}
