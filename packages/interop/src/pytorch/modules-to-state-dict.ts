import type { NetworkModule } from "../weights/network-module.ts";
import type { Weight } from "../weights/weight.ts";
import { networkToStateDict } from "./network-to-state-dict.ts";

/**
 * The state dictionary that PyTorch's `model.load_state_dict()` takes, of modules by their paths in the model.
 *
 * @param modules borrowed; their weights are handed on, not copied.
 * @returns a new Map, in the order of the modules.
 * @throws RangeError for a network whose weights do not fit together, or that PyTorch lacks.
 */
export function modulesToStateDict(modules: Readonly<Record<string, NetworkModule>>): Map<string, Weight> {
  const stateDict = new Map<string, Weight>();
  for (const [path, module] of Object.entries(modules)) {
    const prefix = path === "" ? "" : `${path}.`;
    if (module.kind !== "embedding" && module.kind !== "linear") {
      for (const [name, weight] of networkToStateDict(module, { prefix })) stateDict.set(name, weight);
      continue;
    }
    stateDict.set(`${prefix}weight`, module.weight);
    if (module.kind === "linear" && module.bias) stateDict.set(`${prefix}bias`, module.bias);
  }
  return stateDict;
}
