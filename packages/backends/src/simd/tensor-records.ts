import * as tf from "@tensorflow/tfjs";
import { TensorRecord } from "./tensor-record.ts";

/**
 * What the backend knows of its tensors, in place of TensorFlow.js's `DataStorage`, which looks every one up in a weak map. A tensor that
 * the backend makes has its record for a data id, so that there is nothing to look up; only those that come from another backend, with an
 * id of that one's, stand in a map.
 */
export class TensorRecords {
  readonly #backend: tf.KernelBackend;
  readonly #moved = new WeakMap<object, TensorRecord>();
  #count = 0;

  constructor(backend: tf.KernelBackend) {
    this.#backend = backend;
  }

  /** The record of a tensor, which is moved here when it is on another backend. */
  get(dataId: object): TensorRecord {
    const record = this.#find(dataId);
    if (record) return record;
    tf.engine().moveData(this.#backend, dataId);
    return this.#find(dataId)!;
  }

  has(dataId: object): boolean {
    return this.#find(dataId) !== undefined;
  }

  /** Takes in a record under its own name. */
  add(record: TensorRecord): void {
    record.holder = this;
    this.#count++;
  }

  /** Takes in a record under the name that it has elsewhere. */
  set(dataId: object, record: TensorRecord): void {
    record.holder = this;
    this.#moved.set(dataId, record);
    this.#count++;
  }

  delete(dataId: object): boolean {
    const record = this.#find(dataId);
    if (!record) return false;
    record.holder = undefined;
    if (record !== dataId) this.#moved.delete(dataId);
    this.#count--;
    return true;
  }

  numDataIds(): number {
    return this.#count;
  }

  #find(dataId: object): TensorRecord | undefined {
    return dataId instanceof TensorRecord && dataId.holder === this ? dataId : this.#moved.get(dataId);
  }
}
