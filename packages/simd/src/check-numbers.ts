import { KERNEL } from "./kernel.ts";
import type { Simd, SimdArray } from "./simd.ts";

/** @throws RangeError that names argument and array when there is a NaN among the floats. */
export function checkNumbers(
  simd: Simd,
  argument: string,
  arrays: Readonly<Record<string, SimdArray | undefined>>,
): void {
  const names: string[] = [];
  const table: number[] = [];
  let numElements = 0;
  for (const name of Object.keys(arrays)) {
    const array = arrays[name];
    if (!array) continue;
    names.push(name);
    table.push(array.length, array.pointer, 0);
    numElements += array.length;
  }
  const memory = simd.allocate(table.length);
  try {
    simd.write(memory, table);
    simd.run(KERNEL.countNaNs, simd.numTasks(2 * numElements), [names.length, memory.pointer]);
    const words = simd.ints(memory);
    for (const [i, name] of names.entries()) {
      const [length, , count] = words.subarray(i * 3, i * 3 + 3);
      if (count! > 0) throw new RangeError(`${argument}.${name} must be numbers, got ${count} NaN among ${length}`);
    }
  } finally {
    simd.free(memory);
  }
}
