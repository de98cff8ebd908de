import { checkLength, checkStrides } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import type { Simd, SimdArray } from "./simd.ts";

const UNARY = {
  neg: 0,
  exp: 1,
  log: 2,
  tanh: 3,
  sigmoid: 4,
  relu: 5,
  square: 6,
  sqrt: 7,
  rsqrt: 8,
  abs: 9,
  reciprocal: 10,
};
const BINARY = { add: 0, sub: 1, mul: 2, div: 3, max: 4, min: 5, squaredDifference: 6 };

export type UnaryOperation = keyof typeof UNARY;
export type BinaryOperation = keyof typeof BINARY;

/** About how many operations an element costs, in memory traffic above all. */
const COST = 8;

/** output = f(x), element by element; they may be the same array. @throws RangeError when the output holds too little. */
export function mapElements(
  simd: Simd,
  operation: UnaryOperation,
  { x, output }: { x: SimdArray; output: SimdArray },
): void {
  checkLength("unary: output", output, x.length);
  simd.run(KERNEL.unary, simd.numTasks(COST * x.length), [UNARY[operation], x.length, x.pointer, output.pointer]);
}

export interface BinaryArguments {
  readonly x: SimdArray;
  readonly y: SimdArray;
  /** The broadcast of both shapes: written. */
  readonly output: SimdArray;
  /** The sizes of the output as [n0, n1, n2]. */
  readonly shape: readonly [number, number, number];
  /** For each operand its stride in elements along each of these axes, 0 where it is broadcast; the last one 0 or 1. */
  readonly xStrides: readonly [number, number, number];
  readonly yStrides: readonly [number, number, number];
}

/** output = f(x, y) with broadcasting; the output may be an operand that is not broadcast. @throws RangeError when an array holds too little. */
export function combineElements(simd: Simd, operation: BinaryOperation, args: BinaryArguments): void {
  const { x, y, output, shape, xStrides, yStrides } = args;
  const [n0, n1, n2] = shape;
  checkStrides("binary: x", x, { shape, strides: xStrides });
  checkStrides("binary: y", y, { shape, strides: yStrides });
  checkLength("binary: output", output, n0 * n1 * n2);
  if (n0 * n1 * n2 === 0) return;
  // A single long row is split into rows of its own.
  if (n0 * n1 === 1 && n2 > LONG_ROW && simd.numThreads > 1) {
    const numRows = Math.ceil(n2 / LONG_ROW);
    const rest = n2 % LONG_ROW === 0 ? 0 : n2 - (numRows - 1) * LONG_ROW;
    const whole = rest === 0 ? numRows : numRows - 1;
    const strides = ([, , last]: readonly number[]) => [0, last! * LONG_ROW, last!] as [number, number, number];
    const from = (array: SimdArray, stride: number) => ({
      pointer: array.pointer + whole * LONG_ROW * stride * 4,
      length: stride === 0 ? 1 : rest,
    });
    combineElements(simd, operation, {
      ...args,
      shape: [1, whole, LONG_ROW],
      xStrides: strides(xStrides),
      yStrides: strides(yStrides),
    });
    if (rest > 0) {
      const tail = { x: from(x, xStrides[2]), y: from(y, yStrides[2]), output: from(output, 1) };
      combineElements(simd, operation, { ...args, ...tail, shape: [1, 1, rest] });
    }
    return;
  }
  simd.run(KERNEL.binary, Math.min(n0 * n1, simd.numTasks(COST * n0 * n1 * n2)), [
    ...[BINARY[operation], n0, n1, n2],
    ...[x.pointer, xStrides[0], xStrides[1], xStrides[2]],
    ...[y.pointer, yStrides[0], yStrides[1], yStrides[2], output.pointer],
  ]);
}

const LONG_ROW = 16384;
