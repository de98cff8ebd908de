import { showValue } from "../show-value.ts";
import type { KerasLayer, KerasWeight } from "./keras-file.ts";
import type { Hdf5Group } from "./read-hdf5.ts";

/** Layers of the HDF5 layout of Keras 1 and 2, whose order and weights are named by attributes. */
export function readLegacyH5(caller: string, root: Hdf5Group): KerasLayer[] {
  return listAttribute(root, "layer_names").flatMap((name) => {
    const group = descend(root, name.split("/"));
    if (!group) throw new RangeError(`${caller}: the layer ${showValue(name)} must have a group, got none`);
    const weights = listAttribute(group, "weight_names").flatMap((path): KerasWeight[] => {
      const parts = path.split("/");
      const last = parts.pop()!;
      const parent = descend(group, parts);
      if (!parent?.names.includes(last)) {
        throw new RangeError(`${caller}: the weight ${showValue(path)} must have a dataset, got none`);
      }
      const weight = parent.weight(last);
      return weight ? [{ ...weight, path: `${parent.path}${last}` }] : [];
    });
    return weights.length > 0 ? [{ name, weights }] : [];
  });
}

/** A list of strings, which Keras cuts into attributes `name0`, `name1`, ... when it is long. */
function listAttribute(group: Hdf5Group, name: string): readonly string[] {
  const whole = group.strings(name);
  if (whole) return whole;
  const parts: string[] = [];
  for (let i = 0; ; i++) {
    const part = group.strings(`${name}${i}`);
    if (!part) return parts;
    parts.push(...part);
  }
}

function descend(group: Hdf5Group, names: readonly string[]): Hdf5Group | undefined {
  return names.reduce<Hdf5Group | undefined>((found, name) => found?.group(name), group);
}
