import { combineElements, mapElements, type BinaryOperation, type UnaryOperation } from "@rnnkit/simd";
import * as tf from "@tensorflow/tfjs";
import { isFloat, type Kernel, type KernelInputs } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

const UNARY: Readonly<Record<string, UnaryOperation>> = {
  Neg: "neg",
  Exp: "exp",
  Log: "log",
  Tanh: "tanh",
  Sigmoid: "sigmoid",
  Relu: "relu",
  Square: "square",
  Sqrt: "sqrt",
  Rsqrt: "rsqrt",
  Abs: "abs",
  Reciprocal: "reciprocal",
};

const BINARY: Readonly<Record<string, BinaryOperation>> = {
  Add: "add",
  Sub: "sub",
  Multiply: "mul",
  RealDiv: "div",
  Maximum: "max",
  Minimum: "min",
  SquaredDifference: "squaredDifference",
};

export const elementwiseKernels: Readonly<Record<string, Kernel>> = {
  ...Object.fromEntries(
    Object.entries(UNARY).map(([name, operation]) => [name, (backend, { x }) => mapTensor(backend, operation, x!)]),
  ),
  ...Object.fromEntries(
    Object.entries(BINARY).map(([name, operation]) => [
      name,
      (backend, { a, b }) => combine(backend, operation, a!, b!),
    ]),
  ),
  AddN(backend: SimdBackend, inputs: KernelInputs) {
    const tensors: readonly tf.TensorInfo[] = inputs;
    if (!tensors.every(isFloat) || tensors.length < 2) return undefined;
    return tensors.reduce((sum, tensor, i) => {
      const next = combine(backend, "add", sum, tensor)!;
      if (i > 1) backend.disposeData(sum.dataId);
      return next;
    });
  },
};

function mapTensor(backend: SimdBackend, operation: UnaryOperation, x: tf.TensorInfo): tf.TensorInfo | undefined {
  if (!isFloat(x)) return undefined;
  const source = backend.arrayOf(x);
  const { info, array } = backend.createOutput(x.shape);
  mapElements(backend.simd, operation, { x: source, output: array });
  return info;
}

function combine(
  backend: SimdBackend,
  operation: BinaryOperation,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
): tf.TensorInfo | undefined {
  if (!isFloat(a) || !isFloat(b)) return undefined;
  const plan = broadcastPlan(a.shape, b.shape);
  if (!plan) return undefined;
  const [x, y] = [backend.arrayOf(a), backend.arrayOf(b)];
  const { info, array } = backend.createOutput(plan.outputShape);
  if (array.length > 0) combineElements(backend.simd, operation, { x, y, output: array, ...plan });
  return info;
}

type Three = [number, number, number];

interface BroadcastPlan {
  readonly outputShape: number[];
  readonly shape: Three;
  readonly xStrides: Three;
  readonly yStrides: Three;
}

/**
 * Two shapes and their broadcast as three axes, neighbours joined where both operands run through them alike; `undefined` where three
 * do not do.
 */
export function broadcastPlan(a: readonly number[], b: readonly number[]): BroadcastPlan | undefined {
  if (a.length === b.length && a.every((size, i) => size === b[i])) {
    const size = tf.util.sizeFromShape(a as number[]);
    return { outputShape: a as number[], shape: [1, 1, size], xStrides: [0, 0, 1], yStrides: [0, 0, 1] };
  }
  const outputShape = tf.backend_util.assertAndGetBroadcastShape(a as number[], b as number[]);
  const rank = outputShape.length;
  const aligned = (shape: readonly number[]) => [...Array<number>(rank - shape.length).fill(1), ...shape];
  const [aSizes, bSizes] = [aligned(a), aligned(b)];
  /** From the last axis on: the size, and whether each operand moves. */
  const axes: { size: number; moves: [boolean, boolean] }[] = [];
  for (let i = rank - 1; i >= 0; i--) {
    const size = outputShape[i]!;
    if (size === 1) continue;
    const moves: [boolean, boolean] = [aSizes[i] !== 1, bSizes[i] !== 1];
    const last = axes.at(-1);
    if (last && last.moves[0] === moves[0] && last.moves[1] === moves[1]) last.size *= size;
    else axes.push({ size, moves });
  }
  if (axes.length > 3) return undefined;
  while (axes.length < 3) axes.push({ size: 1, moves: [false, false] });
  const strides = (operand: 0 | 1): Three => {
    let stride = 1;
    const ascending = axes.map(({ size, moves }) => {
      const own = moves[operand] ? stride : 0;
      if (moves[operand]) stride *= size;
      return own;
    });
    return ascending.reverse() as Three;
  };
  const shape = axes.map(({ size }) => size).reverse() as Three;
  return { outputShape, shape, xStrides: strides(0), yStrides: strides(1) };
}
