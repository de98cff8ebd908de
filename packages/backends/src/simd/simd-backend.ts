import type { RecurrentTape, Simd, SimdArray, SimdInts } from "@rnnkit/simd";
import * as tf from "@tensorflow/tfjs";
import { TensorRecord, type Disposable, type Pack } from "./tensor-record.ts";
import { TensorRecords } from "./tensor-records.ts";

/** The part of TensorFlow.js's own cpu backend, of which the union package exports no type, that this one builds on. */
interface CpuBackend extends tf.KernelBackend {
  readonly data: Pick<TensorRecords, "get" | "has" | "set" | "delete" | "numDataIds">;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: tf.backend_util.BackendValues | string[]): tf.TensorInfo;
}

/** Tensors of which the first owns what is made of all. */
export type Sources = readonly [tf.TensorInfo, ...(tf.TensorInfo | undefined)[]];

/** The backend behind the name `rnnkit-simd`: TensorFlow.js's cpu backend, with tensors that can live in the kernels' memory. */
export interface SimdBackend extends CpuBackend {
  readonly simd: Simd;
  /** Where a tensor of float32 or int32 lies in the kernels' memory; moves it there when it does not yet. Good until the next allocation. */
  arrayOf(tensor: tf.TensorInfo): SimdArray;
  /** The same of integers, with what they are where that is known. */
  intsOf(tensor: tf.TensorInfo): SimdInts;
  /** A new tensor in the kernels' memory, not cleared; kernels return it, and the engine owns it from then on. */
  createOutput(shape: readonly number[], dtype?: "float32" | "int32"): Output;
  /** Runs a kernel; when it throws, the outputs that it has made by then are given back, and the error names the operation. */
  runKernel<Result>(name: string, kernel: () => Result): Result;
  /** A tensor of a workspace, which is freed with it. */
  makeWorkspace(tape: RecurrentTape): tf.TensorInfo;
  tapeOf(tensor: tf.TensorInfo): RecurrentTape;
  /** Counts a change of the values in place, after which packed copies of them are stale. */
  touch(tensor: tf.TensorInfo): void;
  /**
   * Tensors in a form that a kernel wants, made when there is none yet or they have changed since; it goes with the first of them.
   */
  packOf<Value extends Disposable>(form: string, sources: Sources, make: () => Value): Value;
}

export interface Output {
  readonly info: tf.TensorInfo;
  readonly array: SimdArray;
}

/**
 * Makes the backend. It extends the class of TensorFlow.js's cpu backend, found by way of the registry, so that every kernel of that
 * backend runs on this one: they read `data.get(id).values`, which is here a view of the kernels' memory.
 */
export function createSimdBackend(simd: Simd): SimdBackend {
  const cpu = tf.engine().registryFactory["cpu"]!.factory() as CpuBackend;
  const Base = cpu.constructor as new () => CpuBackend;

  class Backend extends Base implements SimdBackend {
    readonly simd = simd;
    override readonly data = new TensorRecords(this);
    #outputs: tf.TensorInfo[] = [];

    override write(values: tf.backend_util.BackendValues, _shape: number[], dtype: tf.DataType): object {
      const record = new TensorRecord(dtype, { values: owned(values), refCount: 1 });
      this.data.add(record);
      return record;
    }

    override move(
      dataId: object,
      values: tf.backend_util.BackendValues,
      _shape: number[],
      dtype: tf.DataType,
      refCount: number,
    ): void {
      this.data.set(dataId, new TensorRecord(dtype, { values: owned(values), refCount }));
    }

    override readSync(dataId: object): tf.backend_util.BackendValues {
      const { array } = this.data.get(dataId);
      const values = super.readSync(dataId);
      return array ? (values as Float32Array).slice() : values; // the memory may be given to another tensor
    }

    override async read(dataId: object): Promise<tf.backend_util.BackendValues> {
      return this.readSync(dataId);
    }

    override disposeData(dataId: object, force = false): boolean {
      const record = this.data.has(dataId) ? this.data.get(dataId) : undefined;
      const isGone = super.disposeData(dataId, force);
      if (isGone) record?.release();
      return isGone;
    }

    /** Kernels that were asked for may still have to run when `run` returns. */
    override async time(run: () => void): Promise<tf.BackendTimingInfo> {
      simd.synchronize();
      const start = tf.util.now();
      run();
      simd.synchronize();
      return { kernelMs: tf.util.now() - start };
    }

    override memory(): { unreliable: boolean } {
      return { unreliable: false };
    }

    override dispose(): void {
      simd.dispose();
    }

    arrayOf({ dataId, dtype }: tf.TensorInfo): SimdArray {
      const record = this.data.get(dataId);
      if (record.array) return record.array;
      if (dtype !== "float32" && dtype !== "int32") {
        throw new TypeError(`rnnkit-simd: a tensor in the kernels' memory must be float32 or int32, got ${dtype}`);
      }
      const values = typed(record.values, dtype);
      const array = simd.allocate(values.length);
      simd.write(array, values);
      record.place(simd, array);
      if (dtype === "int32") record.known = values.slice() as Int32Array;
      return array;
    }

    intsOf(tensor: tf.TensorInfo): SimdInts {
      const { pointer, length } = this.arrayOf(tensor);
      return { pointer, length, values: this.data.get(tensor.dataId).known };
    }

    createOutput(shape: readonly number[], dtype: "float32" | "int32" = "float32"): Output {
      const array = simd.allocate(tf.util.sizeFromShape(shape as number[]));
      const info = this.#placed(shape, { dtype, array });
      this.#outputs.push(info);
      return { info, array };
    }

    runKernel<Result>(name: string, kernel: () => Result): Result {
      this.#outputs = [];
      try {
        return kernel();
      } catch (error) {
        for (const { dataId } of this.#outputs) if (this.data.has(dataId)) this.disposeData(dataId);
        throw naming(name, error);
      } finally {
        this.#outputs = [];
      }
    }

    makeWorkspace(tape: RecurrentTape): tf.TensorInfo {
      const info = this.#placed([tape.workspace.length], { dtype: "float32", array: tape.workspace });
      this.data.get(info.dataId).tape = tape;
      return info;
    }

    tapeOf({ dataId }: tf.TensorInfo): RecurrentTape {
      return this.data.get(dataId).tape!;
    }

    touch({ dataId }: tf.TensorInfo): void {
      this.data.get(dataId).version++;
    }

    packOf<Value extends Disposable>(form: string, sources: Sources, make: () => Value): Value {
      const record = this.data.get(sources[0].dataId);
      const pack = record.packs?.get(form);
      if (pack && this.#isFresh(pack, sources)) return pack.value as Value;
      pack?.value.dispose();
      record.packs?.delete(form);
      const value = make();
      const records = sources.map((source) => source && this.data.get(source.dataId));
      const versions = records.map((each) => each?.version);
      (record.packs ??= new Map()).set(form, { value, records, versions });
      return value;
    }

    #placed(shape: readonly number[], { dtype, array }: { dtype: tf.DataType; array: SimdArray }): tf.TensorInfo {
      const record = new TensorRecord(dtype, { refCount: 1 });
      record.place(simd, array);
      this.data.add(record);
      return { dataId: record, shape: shape as number[], dtype };
    }

    /** Asked for every token of a text: it allocates nothing. */
    #isFresh({ records, versions }: Pack, sources: Sources): boolean {
      for (let i = 0; i < sources.length; i++) {
        const source = sources[i];
        const record = source && this.data.get(source.dataId);
        if (record !== records[i] || record?.version !== versions[i]) return false;
      }
      return true;
    }
  }

  /** Some kernels of the cpu backend return a part of their input's values; of memory that goes with another tensor, a copy is kept. */
  const owned = (values: tf.backend_util.BackendValues) =>
    ArrayBuffer.isView(values) && simd.owns(values.buffer) ? (values as Float32Array).slice() : values;

  return new Backend();
}

/** Values as their own type would hold them. */
function typed(values: tf.backend_util.BackendValues, dtype: "float32" | "int32"): Float32Array | Int32Array {
  const Typed = dtype === "int32" ? Int32Array : Float32Array;
  return values instanceof Typed ? values : new Typed(values as Uint8Array);
}

/** What the kernels' package says of its own functions, said of the operation that was asked for. */
function naming(kernelName: string, error: unknown): unknown {
  if (!(error instanceof RangeError) || !/^(simd|gatherRows|scatterRows): /.test(error.message)) return error;
  const operation = kernelName.replace(/^Rnnkit(.)/, (_, initial: string) => initial.toLowerCase());
  return new RangeError(error.message.replace(/^\w+/, operation), { cause: error });
}
