import { fillElements, gatherRows, scatterRows } from "@rnnkit/simd";
import * as tf from "@tensorflow/tfjs";
import { isFloat, sizeOf, type Kernel } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

export const gatherKernels: Readonly<Record<string, Kernel<never>>> = {
  GatherV2(backend, { x, indices }, { axis, batchDims }: { axis: number; batchDims: number }) {
    const [along] = tf.util.parseAxisParam(axis, x!.shape);
    if (!isFloat(x!) || indices!.dtype !== "int32" || along !== 0 || batchDims !== 0) return undefined;
    return rowsOf(backend, x!, indices!);
  },
  UnsortedSegmentSum(backend, { x, segmentIds }, { numSegments }: { numSegments: number }) {
    if (!isFloat(x!) || segmentIds!.dtype !== "int32" || segmentIds!.shape.length !== 1) return undefined;
    // TensorFlow.js leaves out what has another id.
    const isInside = (id: number) => id >= 0 && id < numSegments;
    if (!backend.simd.ints(backend.arrayOf(segmentIds!)).every(isInside)) return undefined;
    return sumsById(backend, x!, segmentIds!, [numSegments, ...x!.shape.slice(1)]);
  },
  RnnkitEmbeddingLookup: (backend, { table, ids }) => rowsOf(backend, table!, ids!),
  RnnkitEmbeddingGradient: (backend, { gradient, ids }, { shape }: { shape: number[] }) =>
    sumsById(backend, gradient!, ids!, shape),
};

function rowsOf(backend: SimdBackend, table: tf.TensorInfo, ids: tf.TensorInfo): tf.TensorInfo {
  const width = tf.util.sizeFromShape(table.shape.slice(1));
  const arrays = { table: backend.arrayOf(table), ids: backend.intsOf(ids) };
  const { info, array } = backend.createOutput([...ids.shape, ...table.shape.slice(1)]);
  gatherRows(backend.simd, { ...arrays, rows: array, width });
  return info;
}

function sumsById(backend: SimdBackend, rows: tf.TensorInfo, ids: tf.TensorInfo, shape: number[]): tf.TensorInfo {
  const width = sizeOf(rows) / Math.max(1, sizeOf(ids));
  const arrays = { rows: backend.arrayOf(rows), ids: backend.intsOf(ids) };
  const { info, array } = backend.createOutput(shape);
  fillElements(backend.simd, array, 0);
  scatterRows(backend.simd, { ...arrays, table: array, width });
  return info;
}
