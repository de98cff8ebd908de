import type { Simd, SimdInts } from "./simd.ts";

/** What integers are, by asking the memory where that is not known. */
export function valuesOf(simd: Simd, array: SimdInts): ArrayLike<number> {
  return array.values ?? simd.ints(array);
}
