import type { RecurrentTape, Simd, SimdArray } from "@rnnkit/simd";
import type * as tf from "@tensorflow/tfjs";

/** What stands behind a tensor: values on JavaScript's heap, or, from its first use by a kernel of ours on, in the kernels' memory. */
export class TensorRecord {
  /** The records among which it is; none once its tensor is disposed of, or moved to another backend. */
  holder: object | undefined;
  readonly dtype: tf.DataType;
  refCount: number;
  readonly complexTensorInfos?: object;
  /** How often the values were changed in place. */
  version = 0;
  packs: Map<string, Pack> | undefined;
  /** Of integers that were written here, and that nobody writes again: what they are. */
  known: Int32Array | undefined;
  /** Of the workspace of a recurrent layer. */
  tape: RecurrentTape | undefined;
  #array: SimdArray | undefined;
  #simd: Simd | undefined;
  #values: tf.backend_util.BackendValues | undefined;

  constructor(dtype: tf.DataType, { values, refCount }: { values?: tf.backend_util.BackendValues; refCount: number }) {
    this.dtype = dtype;
    this.refCount = refCount;
    this.#values = values;
  }

  get array(): SimdArray | undefined {
    return this.#array;
  }

  /** What the cpu backend's kernels read: of a tensor in the kernels' memory a view, made when one of them asks for it. */
  get values(): tf.backend_util.BackendValues {
    const array = this.#array;
    if (array) this.#simd!.synchronize();
    // Where memory is not shared, growing it takes all earlier views away.
    if (array && this.#values?.length !== array.length) this.#values = viewOf(this.#simd!, array, this.dtype);
    return this.#values!;
  }

  /** From now on the values are the memory itself. */
  place(simd: Simd, array: SimdArray): void {
    this.#simd = simd;
    this.#array = array;
    this.#values = undefined;
  }

  /** Lets go of everything, for whoever still holds the disposed tensor holds this too. */
  release(): void {
    if (this.#array) this.#simd!.free(this.#array);
    for (const { value } of this.packs?.values() ?? []) value.dispose();
    this.#array = undefined;
    this.#values = undefined;
    this.packs = undefined;
    this.known = undefined;
    this.tape = undefined;
  }
}

export interface Disposable {
  dispose(): void;
}

/** Values in another form, good as long as none of the tensors that they were made of has changed. */
export interface Pack {
  readonly value: Disposable;
  /** Of each source when it was packed: a variable has another when it is assigned to, or moved to another backend and back. */
  readonly records: readonly (TensorRecord | undefined)[];
  readonly versions: readonly (number | undefined)[];
}

export function viewOf(simd: Simd, array: SimdArray, dtype: tf.DataType): Float32Array | Int32Array {
  return dtype === "int32" ? simd.ints(array) : simd.floats(array);
}
