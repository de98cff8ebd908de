import { KERNEL } from "./kernel.ts";
import { floatBits, type Simd, type SimdArray } from "./simd.ts";

/** About how many operations an element costs. */
const COST = 2;

/** Makes all elements the same float. */
export function fillElements(simd: Simd, array: SimdArray, value: number): void {
  simd.run(KERNEL.fill, simd.numTasks(COST * array.length), [array.length, array.pointer, floatBits(value)]);
}
