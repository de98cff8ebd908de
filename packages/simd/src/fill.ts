import { KERNEL } from "./kernel.ts";
import { floatBits, type Simd, type SimdArray } from "./simd.ts";

/** About how many operations an element costs. */
const COST = 2;

/** Makes all elements the same float. */
export function fillElements(simd: Simd, array: SimdArray, value: number): void {
  fillRuns(simd, array, value, { numRuns: 1, stride: 0 });
}

/** The same for some runs of elements, of which this is the first, `stride` floats apart. */
export function fillRuns(
  simd: Simd,
  { pointer, length }: SimdArray,
  value: number,
  { numRuns, stride }: { readonly numRuns: number; readonly stride: number },
): void {
  const numTasks = simd.numTasks(COST * length * numRuns);
  simd.run(KERNEL.fill, numTasks, [length, pointer, floatBits(value), numRuns, stride * 4]);
}
