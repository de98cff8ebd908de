import { stridedCopy, type SimdArray } from "@rnnkit/simd";
import * as tf from "@tensorflow/tfjs";
import type { Kernel, KernelInputs } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

const MAX_AXES = 4;

export const layoutKernels: Readonly<Record<string, Kernel<never>>> = {
  Transpose: (backend, { x }, { perm }: { perm: number[] }) => transpose(backend, x!, perm),
  Slice: (backend, { x }, { begin, size }: { begin: number[]; size: number[] }) => {
    const [from, sizes] = tf.slice_util.parseSliceParams(tensorLike(x!), begin, size) as [number[], number[]];
    tf.slice_util.assertParamsValid(tensorLike(x!), from, sizes);
    return slice(backend, x!, from, sizes);
  },
  SplitV(backend, { x }, { numOrSizeSplits, axis }: { numOrSizeSplits: number[] | number; axis: number }) {
    const [along] = tf.util.parseAxisParam(axis, x!.shape);
    const sizes = tf.backend_util.prepareSplitSize(tensorLike(x!), numOrSizeSplits, along);
    return slices(backend, x!, along!, sizes);
  },
  Concat(backend, inputs, { axis }: { axis: number }) {
    const tensors: readonly tf.TensorInfo[] = inputs;
    const [along] = tf.util.parseAxisParam(axis, tensors[0]!.shape);
    tf.backend_util.assertParamsConsistent(
      tensors.map(({ shape }) => shape),
      along!,
    );
    return concat(backend, tensors, along!);
  },
  Pack(backend: SimdBackend, inputs: KernelInputs, { axis }: { axis: number }) {
    const tensors: readonly tf.TensorInfo[] = inputs;
    const { shape } = tensors[0]!;
    const along = axis < 0 ? axis + shape.length + 1 : axis;
    if (!tensors.every((tensor) => tf.util.arraysEqual(tensor.shape, shape))) return undefined;
    const widened = tensors.map((tensor) => ({
      ...tensor,
      shape: [...shape.slice(0, along), 1, ...shape.slice(along)],
    }));
    return concat(backend, widened, along);
  },
  Unpack(backend, { value }, { axis }: { axis: number }) {
    const { shape } = value!;
    const along = axis < 0 ? axis + shape.length : axis;
    const parts = slices(backend, value!, along, Array<number>(shape[along]!).fill(1));
    return parts?.map((part) => ({ ...part, shape: shape.filter((_, i) => i !== along) }));
  },
};

const isMovable = ({ dtype }: tf.TensorInfo) => dtype === "float32" || dtype === "int32";

/** TensorFlow.js's checks want a tensor, and look at its shape alone. */
function tensorLike({ shape }: tf.TensorInfo): tf.Tensor {
  return { shape, rank: shape.length } as tf.Tensor;
}

function transpose(backend: SimdBackend, x: tf.TensorInfo, perm: readonly number[]): tf.TensorInfo | undefined {
  if (!isMovable(x)) return undefined;
  const strides = stridesOf(x.shape);
  const shape = perm.map((axis) => x.shape[axis]!);
  const sourceStrides = perm.map((axis) => strides[axis]!);
  const copy = joinAxes(shape, sourceStrides, stridesOf(shape));
  if (!copy) return undefined;
  const source = backend.arrayOf(x);
  const { info, array } = backend.createOutput(shape, x.dtype as "float32");
  stridedCopy(backend.simd, { ...copy, source, target: array });
  return info;
}

function slice(
  backend: SimdBackend,
  x: tf.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): tf.TensorInfo | undefined {
  if (!isMovable(x)) return undefined;
  const strides = stridesOf(x.shape);
  const copy = joinAxes(size, strides, stridesOf(size));
  if (!copy) return undefined;
  const source = backend.arrayOf(x);
  const { info, array } = backend.createOutput(size, x.dtype as "float32");
  const sourceOffset = begin.reduce((offset, at, axis) => offset + at * strides[axis]!, 0);
  stridedCopy(backend.simd, { ...copy, source, sourceOffset, target: array });
  return info;
}

function slices(
  backend: SimdBackend,
  x: tf.TensorInfo,
  axis: number,
  sizes: readonly number[],
): tf.TensorInfo[] | undefined {
  if (!isMovable(x)) return undefined;
  let from = 0;
  const parts: tf.TensorInfo[] = [];
  for (const width of sizes) {
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    const part = slice(
      backend,
      x,
      begin,
      x.shape.map((size, i) => (i === axis ? width : size)),
    );
    if (!part) return undefined;
    parts.push(part);
    from += width;
  }
  return parts;
}

function concat(backend: SimdBackend, tensors: readonly tf.TensorInfo[], axis: number): tf.TensorInfo | undefined {
  const [first] = tensors;
  if (!first || !tensors.every((tensor) => isMovable(tensor) && tensor.dtype === first.dtype)) return undefined;
  const sources: SimdArray[] = tensors.map((tensor) => backend.arrayOf(tensor));
  const shape = tf.backend_util.computeOutShape(
    tensors.map((tensor) => tensor.shape),
    axis,
  );
  const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const { info, array } = backend.createOutput(shape, first.dtype as "float32");
  let column = 0;
  for (const [i, source] of sources.entries()) {
    const width = tensors[i]!.shape[axis]! * inner;
    stridedCopy(backend.simd, {
      shape: [outer, width],
      source,
      sourceStrides: [width, 1],
      target: array,
      targetOffset: column,
      targetStrides: [shape[axis]! * inner, 1],
    });
    column += width;
  }
  return info;
}

function stridesOf(shape: readonly number[]): number[] {
  let stride = 1;
  return [...shape]
    .reverse()
    .map((size) => {
      const own = stride;
      stride *= size;
      return own;
    })
    .reverse();
}

interface JoinedAxes {
  readonly shape: number[];
  readonly sourceStrides: number[];
  readonly targetStrides: number[];
}

/** The same copy over as few axes as it takes; `undefined` where these are more than a kernel has. */
function joinAxes(
  shape: readonly number[],
  source: readonly number[],
  target: readonly number[],
): JoinedAxes | undefined {
  const joined: JoinedAxes = { shape: [], sourceStrides: [], targetStrides: [] };
  for (let i = shape.length - 1; i >= 0; i--) {
    const size = shape[i]!;
    if (size === 1) continue;
    const [inner, s, t] = [joined.shape[0], joined.sourceStrides[0], joined.targetStrides[0]];
    if (inner !== undefined && source[i] === s! * inner && target[i] === t! * inner) {
      joined.shape[0] = inner * size;
    } else {
      joined.shape.unshift(size);
      joined.sourceStrides.unshift(source[i]!);
      joined.targetStrides.unshift(target[i]!);
    }
  }
  if (joined.shape.length === 0) return { shape: [shape.includes(0) ? 0 : 1], sourceStrides: [1], targetStrides: [1] };
  return joined.shape.length > MAX_AXES ? undefined : joined;
}
