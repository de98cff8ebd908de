import { matMul, type Activation } from "@rnnkit/simd";
import * as tf from "@tensorflow/tfjs";
import { isFloat, type Kernel } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  linear: "none",
  relu: "relu",
  sigmoid: "sigmoid",
  tanh: "tanh",
};

export const matMulKernels: Readonly<Record<string, Kernel<never>>> = {
  BatchMatMul: (backend, { a, b }, attributes: MatMulAttributes) =>
    product(backend, { ...attributes, a: a!, b: b!, bias: undefined, activation: "none" }),
  /** See affine.ts of `@rnnkit/ops`. */
  RnnkitAffine: (backend, { inputs, weight, bias }) =>
    product(backend, {
      a: inputs as unknown as tf.TensorInfo,
      b: weight!,
      bias,
      activation: "none",
      transposeA: false,
      transposeB: true,
    }),
  _FusedMatMul(
    backend,
    { a, b, bias, preluActivationWeights },
    { activation, ...attributes }: MatMulAttributes & { activation?: string },
  ) {
    const known = ACTIVATIONS[activation ?? "linear"];
    const width = attributes.transposeB ? b!.shape.at(-2) : b!.shape.at(-1);
    const isVector =
      !bias || (tf.util.sizeFromShape(bias.shape) === width && bias.shape.at(-1) === width && isFloat(bias));
    if (!known || preluActivationWeights || !isVector) return undefined;
    return product(backend, { ...attributes, a: a!, b: b!, bias, activation: known });
  },
};

interface Product extends MatMulAttributes {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  readonly bias: tf.TensorInfo | undefined;
  readonly activation: Activation;
}

function product(
  backend: SimdBackend,
  { a, b, bias, activation, transposeA, transposeB }: Product,
): tf.TensorInfo | undefined {
  if (!isFloat(a) || !isFloat(b)) return undefined;
  const [aBatch, bBatch] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [aSize, bSize] = [tf.util.sizeFromShape(aBatch), tf.util.sizeFromShape(bBatch)];
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const batchSize = tf.util.sizeFromShape(batch);
  // One matrix for all of the other operand's is a stride of zero; anything in between is left to the cpu backend.
  if ((aSize !== batchSize && aSize !== 1) || (bSize !== batchSize && bSize !== 1)) return undefined;
  const [rows, depth] = sizes(a, transposeA);
  const [bDepth, columns] = sizes(b, transposeB);
  if (depth !== bDepth) {
    throw new Error(`matMul: the inner sizes of a and b must be equal, got ${depth} and ${bDepth}`);
  }
  const operands = { a: backend.arrayOf(a), b: backend.arrayOf(b), bias: bias && backend.arrayOf(bias) };
  const { info, array } = backend.createOutput([...batch, rows, columns]);
  matMul(backend.simd, {
    ...operands,
    output: array,
    rows,
    columns,
    depth,
    batchSize,
    isAShared: aSize === 1,
    isBShared: bSize === 1,
    isATransposed: transposeA,
    isBTransposed: transposeB,
    activation,
  });
  return info;
}

function sizes({ shape }: tf.TensorInfo, isTransposed: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return isTransposed ? [columns, rows] : [rows, columns];
}
