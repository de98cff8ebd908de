import { showValue } from "../show-value.ts";
import type { ByteSource } from "./byte-source.ts";
import { LENGTH_BYTES, readHeader, readHeaderLength } from "./safetensors-header.ts";
import type { SafetensorsDtype, SafetensorsTensor } from "./safetensors-tensor.ts";
import { tensorFromBytes } from "./tensor-from-bytes.ts";

/** What a file says of a tensor before its data is read. */
export interface SafetensorsInfo {
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
}

/** A file whose tensors are read one by one. */
export interface SafetensorsReader {
  /** By name, in the order of their data. */
  readonly tensors: ReadonlyMap<string, SafetensorsInfo>;
  /** Free text by name; empty when the file has none. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Reads one tensor, which the caller owns. @throws RangeError when the file holds none of that name. */
  read(name: string): Promise<SafetensorsTensor>;
}

/**
 * Opens a safetensors file that need not fit into memory: reads and checks its header, all of it, and each tensor when it
 * is asked for.
 *
 * @param source the file, for instance from `fileSource` or `blobSource`. Borrowed for as long as tensors are read.
 * @throws RangeError for a damaged or hostile file, before anything beyond the header is read, and for a source that gives
 * fewer or more bytes than it was asked for.
 */
export async function openSafetensors(source: ByteSource): Promise<SafetensorsReader> {
  const caller = "openSafetensors";
  const { size } = source;
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new RangeError(`${caller}: source.size must be a non-negative integer, got ${showValue(size)}`);
  }
  const readBytes = async (offset: number, length: number): Promise<Uint8Array> => {
    const bytes = await source.read(offset, length);
    if (bytes.length === length) return bytes;
    throw new RangeError(`${caller}: source must give the ${length} bytes asked for, got ${bytes.length}`);
  };
  const headerLength = readHeaderLength(caller, await readBytes(0, Math.min(size, LENGTH_BYTES)), size);
  const { entries, metadata, dataStart } = readHeader(caller, await readBytes(LENGTH_BYTES, headerLength), size);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    tensors: new Map(entries.map(({ name, dtype, shape }) => [name, { dtype, shape }])),
    metadata: new Map(Object.entries(metadata)),
    async read(name) {
      const entry = byName.get(name);
      if (!entry) throw new RangeError(`${caller}: name must be that of a tensor, got ${showValue(name)}`);
      return tensorFromBytes(entry, await readBytes(dataStart + entry.begin, entry.end - entry.begin));
    },
  };
}
