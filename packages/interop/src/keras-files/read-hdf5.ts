import type { Dataset, Group } from "h5wasm";
import { showValue } from "../show-value.ts";
import type { Weight } from "../weights/weight.ts";
import { withBoundedMemory } from "./bounded-memory.ts";
import { areGlobalHeapsSound } from "./check-global-heaps.ts";
import { loadHdf5, temporaryName } from "./hdf5-library.ts";

/** A group of an HDF5 file that is open: what a reader of weights asks of it. */
export interface Hdf5Group {
  /** From the root, `/` first. */
  readonly path: string;
  /** The names of the groups and datasets in it. */
  readonly names: readonly string[];
  group(name: string): Hdf5Group | undefined;
  /** A dataset of float32 or float64; undefined when there is none, or it holds integers. */
  weight(name: string): Weight | undefined;
  /** An attribute of one string or several. */
  strings(attribute: string): readonly string[] | undefined;
}

const MOST_OBJECTS = 100_000;
/** The library has a memory of 32-bit addresses. */
const MOST_BYTES = 2 ** 31 - 1;
/** What the library takes for itself while it reads. */
const WORKING_BYTES = 32 * 2 ** 20;
const FLOAT_CLASS = 1;
const INTEGER_CLASS = 0;
const STRING_CLASS = 3;

/**
 * Opens an HDF5 file, hands its root to `read`, and closes it. Before data is read, its size is held to that of the file:
 * weights lie in it uncompressed, so that all of them together are smaller.
 *
 * @throws RangeError, naming `caller`, when the library cannot read the file or it asks for more than it holds.
 */
export async function readHdf5<Result>(
  caller: string,
  bytes: Uint8Array,
  read: (root: Hdf5Group) => Result,
): Promise<Result> {
  if (bytes.length > MOST_BYTES) {
    throw new RangeError(`${caller}: HDF5 files must have at most ${MOST_BYTES} bytes, got ${bytes.length}`);
  }
  if (!areGlobalHeapsSound(bytes)) {
    throw new RangeError(`${caller}: the global heaps of the HDF5 file must be whole, got a damaged one`);
  }
  const left = { objects: MOST_OBJECTS, bytes: bytes.length };
  const { hdf5, files } = await loadHdf5(caller);
  return withBoundedMemory(2 * bytes.length + WORKING_BYTES, readFile);

  function readFile(): Result {
    const name = temporaryName();
    files.writeFile(name, bytes);
    let file: InstanceType<typeof hdf5.File> | undefined;
    try {
      file = new hdf5.File(name, "r");
      return read(groupOf(file, "/"));
    } catch (error) {
      if (error instanceof RangeError && error.message.startsWith(`${caller}: `)) throw error;
      throw new RangeError(`${caller}: bytes must be an HDF5 file that its library can read, got a damaged one`, {
        cause: error,
      });
    } finally {
      close(file);
      files.unlink(name);
    }
  }

  function close(file: InstanceType<typeof hdf5.File> | undefined): void {
    try {
      file?.close();
    } catch {
      // A damaged file was refused before, for a reason that this one must not hide.
    }
  }

  function groupOf(group: Group, path: string): Hdf5Group {
    const names = group.keys();
    spend("objects", names.length);
    const find = (child: string) => {
      if (!names.includes(child)) return undefined;
      const entity = group.get(child);
      if (entity instanceof hdf5.Group || entity instanceof hdf5.Dataset) return entity;
      return refuse(`${showValue(path + child)} must be a group or a dataset of this file`, "a link or another object");
    };
    return {
      path,
      names,
      group(child) {
        const entity = find(child);
        if (!(entity instanceof hdf5.Group)) return undefined;
        if (path.length > 4096) refuse("groups must lie in paths of at most 4096 characters", path.length);
        return groupOf(entity, `${path}${child}/`);
      },
      weight(child) {
        const entity = find(child);
        return entity instanceof hdf5.Dataset ? weightOf(entity, path + child) : undefined;
      },
      strings(attribute) {
        const found = Object.hasOwn(group.attrs, attribute) ? group.attrs[attribute] : undefined;
        if (!found || found.metadata.type !== STRING_CLASS) return undefined;
        spend("bytes", found.metadata.total_size * found.metadata.size);
        const value = found.value;
        return (Array.isArray(value) ? value : [value]).map(String);
      },
    };
  }

  function weightOf(dataset: Dataset, path: string): Weight | undefined {
    const { type, size, shape, littleEndian, virtual_sources: sources } = dataset.metadata;
    if (type === INTEGER_CLASS) return undefined;
    if (type !== FLOAT_CLASS || (size !== 4 && size !== 8) || !littleEndian || !shape) {
      return refuse(`${showValue(path)} must be little-endian float32 or float64`, `class ${type}, ${size} bytes`);
    }
    if (sources && sources.length > 0) refuse(`${showValue(path)} must lie in this file`, "a virtual dataset");
    spend(
      "bytes",
      shape.reduce((product, length) => product * length, size),
    );
    const value = dataset.value;
    const data = typeof value === "number" ? [value] : (value as Float32Array | Float64Array);
    return { shape, data: size === 4 ? Float32Array.from(data) : Float64Array.from(data) };
  }

  function spend(what: "objects" | "bytes", amount: number): void {
    left[what] -= amount;
    if (left[what] >= 0) return;
    if (what === "objects") refuse(`the HDF5 file must have at most ${MOST_OBJECTS} objects`, "more");
    refuse(`the HDF5 file must hold its data, ${bytes.length} bytes in all`, `${amount} bytes too many`);
  }

  function refuse(rule: string, found: unknown): never {
    throw new RangeError(`${caller}: ${rule}, got ${showValue(found)}`);
  }
}
