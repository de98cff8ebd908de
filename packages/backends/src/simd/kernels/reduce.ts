import { reduceAxis, softmaxRows } from "@rnnkit/simd";
import * as tf from "@tensorflow/tfjs";
import { isFloat, type Kernel } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

interface ReduceAttributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

const sum =
  ({ isMean }: { isMean: boolean }): Kernel<ReduceAttributes> =>
  (backend, { x }, { axis, keepDims }) =>
    reduceAxes(backend, x!, { operation: "sum", isMean, axis, keepDims });

export const reduceKernels: Readonly<Record<string, Kernel<never>>> = {
  Sum: sum({ isMean: false }),
  Mean: sum({ isMean: true }),
  // Of TensorFlow.js's reductions the only one that calls its axes so.
  Max: (backend, { x }, { reductionIndices, keepDims }: { reductionIndices: number | number[]; keepDims: boolean }) =>
    reduceAxes(backend, x!, { operation: "max", isMean: false, axis: reductionIndices, keepDims }),
  Softmax(backend, { logits }, { dim }: { dim: number }) {
    const { shape } = logits!;
    if (!isFloat(logits!) || (dim !== shape.length - 1 && dim !== -1)) return undefined;
    const x = backend.arrayOf(logits!);
    const { info, array } = backend.createOutput(shape);
    const columns = shape.at(-1)!;
    if (array.length > 0) softmaxRows(backend.simd, { x, output: array, rows: array.length / columns, columns });
    return info;
  },
};

interface Reduction extends ReduceAttributes {
  readonly operation: "sum" | "max";
  readonly isMean: boolean;
}

/** Neighbouring axes are one; others, and what has no elements, are left to the cpu backend. */
function reduceAxes(
  backend: SimdBackend,
  tensor: tf.TensorInfo,
  { operation, isMean, axis, keepDims }: Reduction,
): tf.TensorInfo | undefined {
  const { shape } = tensor;
  if (!isFloat(tensor) || shape.some((size) => size === 0)) return undefined;
  const axes = tf.util.parseAxisParam(axis, shape).sort((a, b) => a - b);
  const [first, last] = [axes[0], axes.at(-1)];
  if (first === undefined || last! - first !== axes.length - 1) return undefined;
  const product = (from: number, to: number) => shape.slice(from, to).reduce((a, b) => a * b, 1);
  const [outer, depth, inner] = [product(0, first), product(first, last! + 1), product(last! + 1, shape.length)];
  const kept = shape.map((size, i) => (axes.includes(i) ? 1 : size));
  const x = backend.arrayOf(tensor);
  const { info, array } = backend.createOutput(keepDims ? kept : shape.filter((_, i) => !axes.includes(i)));
  reduceAxis(backend.simd, operation, { x, output: array, outer, depth, inner, scale: isMean ? 1 / depth : 1 });
  return info;
}
