import { checkLength } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import { valuesOf } from "./values-of.ts";
import { floatBits, type Simd, type SimdArray, type SimdInts } from "./simd.ts";

/** About how many operations an element's exponential costs. */
const COST = 30;

export interface RowsArguments {
  /** [rows, columns] */
  readonly x: SimdArray;
  /** The same shape: written. */
  readonly output: SimdArray;
  readonly rows: number;
  readonly columns: number;
}

/** The softmax of each row. @throws RangeError when an array holds too little. */
export function softmaxRows(simd: Simd, args: RowsArguments): void {
  runRows(simd, "softmax", args);
}

/** The logarithm of the softmax of each row. @throws RangeError when an array holds too little. */
export function logSoftmaxRows(simd: Simd, args: RowsArguments): void {
  runRows(simd, "logSoftmax", args);
}

function runRows(simd: Simd, caller: "softmax" | "logSoftmax", { x, output, rows, columns }: RowsArguments): void {
  checkLength(`${caller}: x`, x, rows * columns);
  checkLength(`${caller}: output`, output, rows * columns);
  const args = [Number(caller === "logSoftmax"), rows, columns, x.pointer, output.pointer];
  simd.run(KERNEL.softmax, simd.numTasks(COST * rows * columns), args);
}

export interface CrossEntropyArguments {
  /** [rows, columns] */
  readonly logits: SimdArray;
  /** [rows], ids from 0 to columns − 1. */
  readonly targets: SimdInts;
  /** [rows], a weight for each loss. Default 1. */
  readonly mask?: SimdArray | undefined;
  /** Label smoothing s: the target is 1 − s at its id, and s/columns everywhere. Default 0. */
  readonly smoothing?: number;
  /** Multiplies the gradient, and not the losses. Default 1. */
  readonly scale?: number;
  readonly rows: number;
  readonly columns: number;
  /** [rows], in nats: written. */
  readonly losses: SimdArray;
  /** [rows, columns], the gradient of each loss by its logits, whose place it may take: written. */
  readonly gradient: SimdArray;
}

/**
 * −log softmax(logits)[target] for each row, and its gradient, in one pass.
 *
 * @throws RangeError when a target whose weight is not 0 is no id from 0 to columns − 1, or an array holds too little.
 */
export function crossEntropyRows(simd: Simd, args: CrossEntropyArguments): void {
  const { logits, targets, mask, smoothing = 0, scale = 1, rows, columns, losses, gradient } = args;
  checkLength("softmaxCrossEntropy: logits", logits, rows * columns);
  checkLength("softmaxCrossEntropy: targets", targets, rows);
  checkLength("softmaxCrossEntropy: mask", mask, rows);
  checkLength("softmaxCrossEntropy: losses", losses, rows);
  checkLength("softmaxCrossEntropy: gradient", gradient, rows * columns);
  const ids = valuesOf(simd, targets);
  let weights: Float32Array | undefined; // read where it must be, for that waits
  for (let row = 0; row < rows; row++) {
    const target = ids[row]!;
    if ((target < 0 || target >= columns) && (weights ??= mask && simd.floats(mask))?.[row] !== 0) {
      throw new RangeError(`softmaxCrossEntropy: targets must be ids from 0 to ${columns - 1}, got ${target}`);
    }
  }
  simd.run(KERNEL.crossEntropy, simd.numTasks(COST * logits.length), [
    ...[rows, columns, logits.pointer, targets.pointer, mask?.pointer ?? 0],
    ...[floatBits(smoothing), floatBits(scale), losses.pointer, gradient.pointer],
  ]);
}
