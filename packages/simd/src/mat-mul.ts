import { checkLength } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import { floatBits, type Simd, type SimdArray } from "./simd.ts";

const ACTIVATIONS = { none: 0, relu: 1, sigmoid: 2, tanh: 3 } as const;

/** What may follow a product, in the same pass. */
export type Activation = keyof typeof ACTIVATIONS;

export interface MatMulArguments {
  /** [batch, rows, depth], or [batch, depth, rows] where transposed; row-major. */
  readonly a: SimdArray;
  /** [batch, depth, columns], or [batch, columns, depth] where transposed. */
  readonly b: SimdArray;
  /** [batch, rows, columns]: written. */
  readonly output: SimdArray;
  readonly rows: number;
  readonly columns: number;
  /** The summed size; 0 gives zeros. */
  readonly depth: number;
  /** Default 1. */
  readonly batchSize?: number;
  /** Whether an operand holds one matrix, for the whole batch. Default false. */
  readonly isAShared?: boolean;
  readonly isBShared?: boolean;
  /** Default false. */
  readonly isATransposed?: boolean;
  readonly isBTransposed?: boolean;
  /** Multiplies the product. Default 1. */
  readonly scale?: number;
  /** [columns], added to each row. Default none. */
  readonly bias?: SimdArray | undefined;
  /** Default none. */
  readonly activation?: Activation;
}

/**
 * output = activation(scale·a·b + bias), for each matrix of a batch. Operands may be the same array, but not the output.
 *
 * @throws RangeError when an array holds too little, or memory for the packed operand is exhausted.
 */
export function matMul(simd: Simd, args: MatMulArguments): void {
  const { a, b, output, rows, columns, depth, batchSize = 1, isAShared = false, isBShared = false } = args;
  checkLength("matMul: a", a, (isAShared ? 1 : batchSize) * rows * depth);
  checkLength("matMul: b", b, (isBShared ? 1 : batchSize) * depth * columns);
  checkLength("matMul: output", output, batchSize * rows * columns);
  checkLength("matMul: bias", args.bias, columns);
  if (batchSize * rows * columns === 0) return;
  const isPlain = (args.activation ?? "none") === "none" && (args.scale ?? 1) === 1;
  if (batchSize * rows === 1 && isPlain) return multiplyRow(simd, args);
  const packed = packRightOperand(simd, args);
  try {
    multiplyPacked(simd, args, packed);
  } finally {
    simd.free(packed);
  }
}

/** The right operand as panels of eight columns; the caller frees it. */
export function packRightOperand(simd: Simd, args: Omit<MatMulArguments, "a" | "output" | "rows">): SimdArray {
  const { b, columns, depth, batchSize = 1, isBShared = false, isBTransposed = false } = args;
  const packed = simd.allocate(Math.ceil(columns / 8) * 8 * depth * (isBShared ? 1 : batchSize));
  const words = matMulWords(
    { a: NONE, b, output: NONE, rows: 0, columns, depth, batchSize, isBShared, isBTransposed },
    packed,
  );
  simd.run(KERNEL.packRightOperand, simd.numTasks(4 * packed.length), words);
  return packed;
}

/** The product with a right operand that is packed. */
export function multiplyPacked(simd: Simd, args: MatMulArguments, packed: SimdArray): void {
  const { rows, columns, depth, batchSize = 1 } = args;
  simd.run(KERNEL.matMul, simd.numTasks(2 * batchSize * rows * columns * depth), matMulWords(args, packed));
}

const NONE: SimdArray = { pointer: 0, length: 0 };

function matMulWords(args: MatMulArguments, packed: SimdArray): number[] {
  const { a, b, output, rows, columns, depth, batchSize = 1, isAShared = false, isBShared = false } = args;
  const { isATransposed = false, isBTransposed = false, bias, activation = "none", scale = 1 } = args;
  const usesOneMatrix = isBShared || batchSize === 1;
  return [
    batchSize,
    rows,
    columns,
    depth,
    a.pointer,
    isAShared ? 0 : rows * depth,
    isATransposed ? 1 : depth,
    isATransposed ? rows : 1,
    b.pointer,
    isBShared ? 0 : depth * columns,
    Number(isBTransposed),
    packed.pointer,
    usesOneMatrix ? 0 : Math.ceil(columns / 8) * 8 * depth,
    bias?.pointer ?? 0,
    ACTIVATIONS[activation],
    floatBits(scale),
    output.pointer,
  ];
}

/** One row times a matrix as it is: to pack it would take as long as to multiply. */
function multiplyRow(simd: Simd, { a, b, output, columns, depth, isBTransposed = false, bias }: MatMulArguments): void {
  simd.run(KERNEL.rowMatMul, simd.numTasks(2 * columns * depth), [
    ...[columns, depth, a.pointer, 1, b.pointer, Number(isBTransposed), bias?.pointer ?? 0, output.pointer],
  ]);
}
