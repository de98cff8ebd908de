import { LENGTH_BYTES, readHeader, readHeaderLength } from "./safetensors-header.ts";
import type { SafetensorsTensor } from "./safetensors-tensor.ts";
import { tensorFromBytes } from "./tensor-from-bytes.ts";
import { showValue } from "../show-value.ts";

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
  const caller = "decodeSafetensors";
  const header = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + readHeaderLength(caller, bytes, bytes.length));
  const { entries, metadata, dataStart } = readHeader(caller, header, bytes.length);
  return {
    tensors: new Map(
      entries.map((entry) => [
        entry.name,
        tensorFromBytes(entry, bytes.subarray(dataStart + entry.begin, dataStart + entry.end)),
      ]),
    ),
    metadata: new Map(Object.entries(metadata)),
  };
}
