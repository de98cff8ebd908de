import { checkLength } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import { matMul } from "./mat-mul.ts";
import { reduceAxis } from "./reduce.ts";
import { doubleBits, type Simd, type SimdArray, type SimdInts } from "./simd.ts";
import { crossEntropyRows } from "./softmax.ts";

interface LinearSizes {
  readonly rows: number;
  /** I */
  readonly inputSize: number;
  /** V */
  readonly outputSize: number;
}

export interface LinearCrossEntropyForwardArguments extends LinearSizes {
  /** [rows, I] */
  readonly inputs: SimdArray;
  /** [V, I] */
  readonly weight: SimdArray;
  /** [V]. Default 0. */
  readonly bias?: SimdArray | undefined;
  /** [rows], ids from 0 to V − 1. */
  readonly targets: SimdInts;
  /** [rows], a weight for each loss. Default 1. */
  readonly mask?: SimdArray | undefined;
  /** Label smoothing, as of `crossEntropyRows`. Default 0. */
  readonly smoothing?: number;
  /** Multiplies the sum. Default 1. */
  readonly scale?: number;
  /** [1], the sum in nats, added up in double precision: written. */
  readonly total: SimdArray;
  /** [rows, V], the gradient of the sum by the logits: written. */
  readonly slopes: SimdArray;
}

/**
 * scale·Σ mask·(−log softmax(inputs·weightᵀ + bias)[target]): a linear layer and its loss, whose logits become the slopes in their place.
 *
 * @throws RangeError when a target whose weight is not 0 is no id from 0 to V − 1, an array holds too little, or memory is exhausted.
 */
export function linearCrossEntropyForward(simd: Simd, args: LinearCrossEntropyForwardArguments): void {
  const {
    rows,
    inputSize,
    outputSize,
    inputs,
    weight,
    bias,
    targets,
    mask,
    smoothing,
    scale = 1,
    total,
    slopes,
  } = args;
  checkLength("linearCrossEntropy: total", total, 1);
  matMul(simd, {
    a: inputs,
    b: weight,
    isBTransposed: true,
    bias,
    output: slopes,
    rows,
    columns: outputSize,
    depth: inputSize,
  });
  const losses = simd.allocate(rows);
  try {
    crossEntropyRows(simd, {
      logits: slopes,
      targets,
      mask,
      smoothing: smoothing ?? 0,
      scale,
      rows,
      columns: outputSize,
      losses,
      gradient: slopes,
    });
    simd.run(KERNEL.sumLosses, 1, [rows, losses.pointer, ...doubleBits(scale), total.pointer]);
  } finally {
    simd.free(losses);
  }
}

/** What the loss can be differentiated by. */
export type LinearCrossEntropyOperand = "inputs" | "weight" | "bias";

export interface LinearCrossEntropyGradientArguments extends LinearSizes {
  readonly inputs: SimdArray;
  readonly weight: SimdArray;
  /** As `linearCrossEntropyForward` wrote them. */
  readonly slopes: SimdArray;
  /** The gradient of what the result goes into, by the result. */
  readonly gradient: number;
  /** In the shape of the operand: written. */
  readonly output: SimdArray;
}

/** The gradient by one operand. @throws RangeError when an array holds too little, or memory is exhausted. */
export function linearCrossEntropyGradient(
  simd: Simd,
  operand: LinearCrossEntropyOperand,
  args: LinearCrossEntropyGradientArguments,
): void {
  const { rows, inputSize, outputSize, inputs, weight, slopes, gradient: scale, output } = args;
  checkLength("linearCrossEntropyGradient: slopes", slopes, rows * outputSize);
  switch (operand) {
    case "inputs":
      return matMul(simd, { a: slopes, b: weight, output, scale, rows, columns: inputSize, depth: outputSize });
    case "weight":
      return matMul(simd, {
        a: slopes,
        isATransposed: true,
        b: inputs,
        output,
        scale,
        rows: outputSize,
        columns: inputSize,
        depth: rows,
      });
    case "bias":
      return reduceAxis(simd, "sum", { x: slopes, output, outer: 1, depth: rows, inner: outputSize, scale });
  }
}
