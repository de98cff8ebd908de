import { type Entry, readHeader } from "./safetensors-header.ts";
import { ARRAYS, type SafetensorsTensor } from "./safetensors-tensor.ts";
import { showValue } from "./show-value.ts";

/** The content of a file. */
export interface Safetensors {
  /** By name, in the order of their data. */
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  /** Free text by name; empty when the file has none. */
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * The tensors and metadata of a safetensors file. The whole header is checked before any tensor is made.
 *
 * @param bytes the file. Borrowed, and **shared**: `data` is a view of these bytes, or a copy where their position is not
 * a multiple of the element size (it is in files of the reference library and of `encodeSafetensors`).
 * @returns tensors by name, and metadata; Maps, since any text may be a name.
 * @throws RangeError for a damaged or hostile file, TypeError for anything but a Uint8Array.
 * @see the format of https://github.com/huggingface/safetensors, read as strictly as its text says.
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  if (!ArrayBuffer.isView(bytes) || bytes[Symbol.toStringTag] !== "Uint8Array") {
    throw new TypeError(`decodeSafetensors: bytes must be a Uint8Array, got ${showValue(bytes)}`);
  }
  const { entries, metadata, dataStart } = readHeader(bytes);
  return {
    tensors: new Map(entries.map((entry) => [entry.name, tensorOf(entry, bytes, dataStart)])),
    metadata: new Map(Object.entries(metadata)),
  };
}

function tensorOf({ dtype, shape, count, begin, end }: Entry, bytes: Uint8Array, dataStart: number): SafetensorsTensor {
  const ArrayType = ARRAYS[dtype] as new (buffer: ArrayBufferLike, byteOffset: number, length: number) => unknown;
  let own = bytes.subarray(dataStart + begin, dataStart + end);
  // A copy by `new` and not by `slice`, which shares memory where the bytes are a Buffer of Node.
  if (own.byteOffset % ARRAYS[dtype].BYTES_PER_ELEMENT !== 0) own = new Uint8Array(own);
  return { dtype, shape, data: new ArrayType(own.buffer, own.byteOffset, count) } as SafetensorsTensor;
}
