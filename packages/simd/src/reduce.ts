import { checkLength } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import { floatBits, type Simd, type SimdArray } from "./simd.ts";

export interface ReduceArguments {
  /** [outer, depth, inner] */
  readonly x: SimdArray;
  /** [outer, inner]: written. */
  readonly output: SimdArray;
  readonly outer: number;
  /** 0 gives zeros, or −∞ for maxima. */
  readonly depth: number;
  readonly inner: number;
  /** Multiplies sums: 1/depth makes them means. Default 1. */
  readonly scale?: number;
}

/** Sums or maxima over the middle axis; a NaN among them is the maximum. @throws RangeError when an array holds too little. */
export function reduceAxis(simd: Simd, operation: "sum" | "max", args: ReduceArguments): void {
  const { x, output, outer, depth, inner, scale = 1 } = args;
  checkLength("reduce: x", x, outer * depth * inner);
  checkLength("reduce: output", output, outer * inner);
  simd.run(KERNEL.reduce, simd.numTasks(2 * x.length), [
    ...[operation === "sum" ? 0 : 1, outer, depth, inner, x.pointer, output.pointer, floatBits(scale)],
  ]);
}
