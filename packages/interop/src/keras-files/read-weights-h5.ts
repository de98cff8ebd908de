import type { KerasLayer, KerasWeight } from "./keras-file.ts";
import type { Hdf5Group } from "./read-hdf5.ts";

/** Parts of one layer, in the order of its `get_weights()`; all else inside a layer is a layer of its own. */
export const PARTS = ["forward_layer", "backward_layer", "layer", "cell"];

/** Layers of the HDF5 layout of Keras 3, and of the `.keras` files of Keras 2: found by their groups, weights in `vars`. */
export function readWeightsH5(root: Hdf5Group): KerasLayer[] {
  const layers: KerasLayer[] = [];
  walk(root);
  return layers;

  function walk(group: Hdf5Group): void {
    const isLayer = group.path !== "/" && group.names.some((name) => name === "vars" || PARTS.includes(name));
    if (isLayer) {
      const rest: Hdf5Group[] = [];
      const weights = layerWeights(group, rest);
      const path = group.path.slice(1, -1);
      const name = group.group("vars")?.strings("name")?.[0] ?? path.slice(path.lastIndexOf("/") + 1);
      if (weights.length > 0) layers.push({ name, weights });
      for (const other of rest) walk(other);
    } else {
      for (const name of naturallySorted(group.names)) {
        const child = group.path === "/" && name === "optimizer" ? undefined : group.group(name);
        if (child) walk(child);
      }
    }
  }
}

/** The weights of a layer and its parts; the groups inside it that are no parts are added to `rest`. */
function layerWeights(group: Hdf5Group, rest: Hdf5Group[]): KerasWeight[] {
  const variables = group.group("vars");
  const own = naturallySorted(variables?.names ?? []).flatMap((name): KerasWeight[] => {
    const weight = variables!.weight(name);
    return weight ? [{ ...weight, path: `${variables!.path}${name}` }] : [];
  });
  const parts = PARTS.flatMap((name) => {
    const part = group.group(name);
    return part ? layerWeights(part, rest) : [];
  });
  for (const name of naturallySorted(group.names)) {
    const child = name === "vars" || PARTS.includes(name) ? undefined : group.group(name);
    if (child) rest.push(child);
  }
  return [...own, ...parts];
}

/** `lstm`, `lstm_2`, `lstm_10`. */
function naturallySorted(names: readonly string[]): string[] {
  return [...names].sort((left, right) => left.localeCompare(right, "en", { numeric: true }));
}
