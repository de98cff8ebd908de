import type { Weight } from "../weights/weight.ts";
import { loadHdf5, temporaryName } from "./hdf5-library.ts";

/** An HDF5 file that is being written. Groups are made where a path asks for them; paths have no slash in front. */
export interface Hdf5Writer {
  group(path: string): void;
  dataset(path: string, weight: Weight): void;
  /** An attribute of one string, or of a list. */
  strings(path: string, attribute: string, value: string | readonly string[]): void;
}

const UTF8_OF_ANY_LENGTH = "S";

/** The bytes of the HDF5 file that `write` writes. */
export async function writeHdf5(caller: string, write: (writer: Hdf5Writer) => void): Promise<Uint8Array<ArrayBuffer>> {
  const { hdf5, files } = await loadHdf5(caller);
  const name = temporaryName();
  const file = new hdf5.File(name, "w");
  try {
    const made = new Set([""]);
    const group = (path: string): void => {
      if (made.has(path)) return;
      const slash = path.lastIndexOf("/");
      group(path.slice(0, Math.max(0, slash)));
      file.create_group(path);
      made.add(path);
    };
    write({
      group,
      dataset(path, { shape, data }) {
        group(path.slice(0, path.lastIndexOf("/")));
        file.create_dataset({ name: path, data, shape: [...shape] });
      },
      strings(path, attribute, value) {
        group(path);
        const owner = path === "" ? file : (file.get(path) as InstanceType<typeof hdf5.Group>);
        const shape = typeof value === "string" ? [] : [value.length];
        owner.create_attribute(attribute, typeof value === "string" ? value : [...value], shape, UTF8_OF_ANY_LENGTH);
      },
    });
    file.close();
    return new Uint8Array(files.readFile(name));
  } finally {
    files.unlink(name);
  }
}
