import * as tf from "@tensorflow/tfjs";
import { isFloat, sizeOf, type Kernel } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

type Numbers = Float32Array | Int32Array | Uint8Array;

/** Fills `output` from x and y, of which each moves by its step from element to element: 1, or 0 where it is a scalar. */
type Loop = (output: Uint8Array, operands: { x: Numbers; xStep: number; y: Numbers; yStep: number }) => void;

// A loop for each: a function that is handed another one is compiled once for all of them, which is twenty times as slow.
const LOOPS: Readonly<Record<string, Loop>> = {
  Equal(output, { x, xStep, y, yStep }) {
    for (let i = 0, p = 0, q = 0; i < output.length; i++, p += xStep, q += yStep) output[i] = Number(x[p] === y[q]);
  },
  NotEqual(output, { x, xStep, y, yStep }) {
    for (let i = 0, p = 0, q = 0; i < output.length; i++, p += xStep, q += yStep) output[i] = Number(x[p] !== y[q]);
  },
  Greater(output, { x, xStep, y, yStep }) {
    for (let i = 0, p = 0, q = 0; i < output.length; i++, p += xStep, q += yStep) output[i] = Number(x[p]! > y[q]!);
  },
  GreaterEqual(output, { x, xStep, y, yStep }) {
    for (let i = 0, p = 0, q = 0; i < output.length; i++, p += xStep, q += yStep) output[i] = Number(x[p]! >= y[q]!);
  },
  Less(output, { x, xStep, y, yStep }) {
    for (let i = 0, p = 0, q = 0; i < output.length; i++, p += xStep, q += yStep) output[i] = Number(x[p]! < y[q]!);
  },
  LessEqual(output, { x, xStep, y, yStep }) {
    for (let i = 0, p = 0, q = 0; i < output.length; i++, p += xStep, q += yStep) output[i] = Number(x[p]! <= y[q]!);
  },
  LogicalAnd(output, { x, xStep, y, yStep }) {
    for (let i = 0, p = 0, q = 0; i < output.length; i++, p += xStep, q += yStep) output[i] = Number(x[p] && y[q]);
  },
  LogicalOr(output, { x, xStep, y, yStep }) {
    for (let i = 0, p = 0, q = 0; i < output.length; i++, p += xStep, q += yStep) output[i] = Number(x[p] || y[q]);
  },
};

/** What the gradient of clipping is made of, and with it that of a hard sigmoid; truth values stay on JavaScript's heap. */
export const comparisonKernels: Readonly<Record<string, Kernel<never>>> = {
  ...Object.fromEntries(
    Object.entries(LOOPS).map(
      ([name, loop]) => [name, (backend, { a, b }) => compare(backend, loop, a!, b!)] satisfies [string, Kernel],
    ),
  ),
  Select(backend, { condition, t, e }) {
    if (!isFloat(t!) || !isFloat(e!) || !tf.util.arraysEqual(condition!.shape, t!.shape)) return undefined;
    const isTrue = numbersOf(backend, condition!);
    const { info, array } = backend.createOutput(t!.shape);
    const [output, x, y] = [backend.simd.floats(array), numbersOf(backend, t!), numbersOf(backend, e!)];
    for (let i = 0; i < output.length; i++) output[i] = isTrue[i] ? x[i]! : y[i]!;
    return info;
  },
  ClipByValue(backend, { x }, { clipValueMin, clipValueMax }: { clipValueMin: number; clipValueMax: number }) {
    if (!isFloat(x!)) return undefined;
    const { info, array } = backend.createOutput(x!.shape);
    const [output, values] = [backend.simd.floats(array), numbersOf(backend, x!)];
    for (let i = 0; i < output.length; i++) {
      const value = values[i]!;
      output[i] = value < clipValueMin ? clipValueMin : value > clipValueMax ? clipValueMax : value;
    }
    return info;
  },
};

/** Of equal shapes, or with a scalar; other broadcasting, strings and complex numbers are left to the cpu backend. */
function compare(backend: SimdBackend, loop: Loop, a: tf.TensorInfo, b: tf.TensorInfo): tf.TensorInfo | undefined {
  const isNumeric = ({ dtype }: tf.TensorInfo) => dtype === "float32" || dtype === "int32" || dtype === "bool";
  if (!isNumeric(a) || !isNumeric(b)) return undefined;
  const [aIsScalar, bIsScalar] = [a.shape.length === 0, b.shape.length === 0];
  if (!aIsScalar && !bIsScalar && !tf.util.arraysEqual(a.shape, b.shape)) return undefined;
  const { shape } = aIsScalar ? b : a;
  const output = new Uint8Array(sizeOf({ ...a, shape }));
  const [x, y] = [numbersOf(backend, a), numbersOf(backend, b)];
  loop(output, { x, xStep: Number(!aIsScalar), y, yStep: Number(!bIsScalar) });
  return backend.makeTensorInfo(shape, "bool", output);
}

function numbersOf(backend: SimdBackend, { dataId }: tf.TensorInfo): Numbers {
  return backend.data.get(dataId).values as Numbers;
}
