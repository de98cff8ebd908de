import { KERNEL } from "./kernel.ts";
import type { Simd, SimdArray } from "./simd.ts";

/** @throws RangeError that names caller and argument when there is a NaN among the floats. */
export function checkNumbers(simd: Simd, argument: string, x: SimdArray): void {
  const result = simd.allocate(1);
  try {
    simd.ints(result)[0] = 0;
    simd.run(KERNEL.countNaNs, simd.numTasks(2 * x.length), [x.length, x.pointer, result.pointer]);
    const count = simd.ints(result)[0]!;
    if (count > 0) throw new RangeError(`${argument} must be numbers, got ${count} NaN among ${x.length}`);
  } finally {
    simd.free(result);
  }
}
