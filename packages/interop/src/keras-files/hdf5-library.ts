import type * as h5wasm from "h5wasm";

type Hdf5 = typeof h5wasm;

/** The HDF5 library with its file system, which lies in memory. */
export interface Hdf5Library {
  readonly hdf5: Hdf5;
  readonly files: {
    writeFile(path: string, data: Uint8Array): void;
    readFile(path: string): Uint8Array;
    unlink(path: string): void;
  };
}

/**
 * Loads `h5wasm`, an optional peer dependency of four megabytes, on first use.
 *
 * @throws Error when it is not installed.
 */
export async function loadHdf5(caller: string): Promise<Hdf5Library> {
  let hdf5: Hdf5;
  try {
    hdf5 = await import("h5wasm");
  } catch (cause) {
    throw new Error(`${caller}: HDF5 files need the package h5wasm; install it with npm install h5wasm`, { cause });
  }
  const module = await hdf5.ready;
  module.activate_throwing_error_handler(); // else errors are printed, and reading goes on
  return { hdf5, files: module.FS as unknown as Hdf5Library["files"] };
}

/** A name for a file in memory that no other call uses. */
export function temporaryName(): string {
  return `/rnnkit-${numNames++}.h5`;
}

let numNames = 0;
