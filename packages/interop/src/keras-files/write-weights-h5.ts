import type { KerasFile } from "./keras-file.ts";
import { placeLayers } from "./keras-paths.ts";
import { writeHdf5 } from "./write-hdf5.ts";

/** The HDF5 layout of Keras 3. */
export function writeWeightsH5(caller: string, file: KerasFile): Promise<Uint8Array<ArrayBuffer>> {
  const placed = placeLayers(caller, file);
  const paths = placed.flatMap(({ weightPaths }) => weightPaths);
  const twice = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twice !== undefined)
    throw new RangeError(`${caller}: layers must have weights in different places, got ${twice} twice`);
  return writeHdf5(caller, (hdf5) => {
    for (const { layer, path, weightPaths } of placed) {
      hdf5.strings(`${path}/vars`, "name", layer.name);
      for (const [i, weight] of layer.weights.entries()) hdf5.dataset(weightPaths[i]!, weight);
    }
    hdf5.group("vars");
  });
}
