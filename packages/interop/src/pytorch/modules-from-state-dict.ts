import { entriesOf, type Named } from "../named.ts";
import { showValue } from "../show-value.ts";
import { checkWeight } from "../weights/check-weight.ts";
import { GATES } from "../weights/network-module.ts";
import type {
  EmbeddingModule,
  LinearModule,
  NetworkModule,
  RecurrentNetwork,
  RecurrentNetworkKind,
} from "../weights/network-module.ts";
import type { Weight } from "../weights/weight.ts";
import { modulesToStateDict } from "./modules-to-state-dict.ts";
import { networkFromStateDict } from "./network-from-state-dict.ts";

/** What a module is: what a state dictionary does not say. */
export type ModuleKind = NetworkModule["kind"];

/** The module of each kind. */
export type ModuleOfKind<Kind extends ModuleKind> = Kind extends "embedding"
  ? EmbeddingModule
  : Kind extends "linear"
    ? LinearModule
    : RecurrentNetwork;

/**
 * The modules of a whole model, from the state dictionary that PyTorch's `model.state_dict()` gives.
 *
 * @param stateDict borrowed; the weights are handed on, not copied.
 * @param kinds each module's path in the model with what it is, for instance
 * `{ embedding: "embedding", "encoder.rnn": "lstm", output: "linear" }`; `""` is the model itself.
 * @returns the modules under the same paths.
 * @throws RangeError when a module lacks a weight or has one of another shape, and, as PyTorch's strict loading does, when
 * a name of the dictionary belongs to none of the modules.
 */
export function modulesFromStateDict<Kinds extends Readonly<Record<string, ModuleKind>>>(
  stateDict: Named<Weight>,
  kinds: Kinds,
): { [Path in keyof Kinds]: ModuleOfKind<Kinds[Path]> } {
  const weights = new Map(entriesOf(stateDict));
  const modules = Object.fromEntries(
    Object.entries(kinds).map(([path, kind]) => [path, readModule(weights, path, kind)] as const),
  );
  const known = modulesToStateDict(modules);
  const left = [...weights.keys()].filter((name) => !known.has(name));
  if (left.length > 0) {
    throw new RangeError(`modulesFromStateDict: every name must belong to a module of kinds, got ${showValue(left)}`);
  }
  return modules as { [Path in keyof Kinds]: ModuleOfKind<Kinds[Path]> };
}

function readModule(weights: ReadonlyMap<string, Weight>, path: string, kind: ModuleKind): NetworkModule {
  const prefix = path === "" ? "" : `${path}.`;
  if (Object.hasOwn(GATES, kind)) {
    return networkFromStateDict(weights, { kind: kind as RecurrentNetworkKind, prefix });
  }
  const caller = `modulesFromStateDict: ${prefix}`;
  const weight = weights.get(`${prefix}weight`);
  if (kind === "embedding") {
    checkWeight(`${caller}weight`, weight, { V: undefined, E: undefined });
    return { kind, weight };
  }
  if (kind !== "linear") {
    const all = ["embedding", "linear", ...Object.keys(GATES)].join(", ");
    throw new RangeError(
      `modulesFromStateDict: the kind of ${showValue(path)} must be one of ${all}, got ${showValue(kind)}`,
    );
  }
  checkWeight(`${caller}weight`, weight, { outputs: undefined, inputs: undefined });
  const bias = weights.get(`${prefix}bias`);
  if (bias) checkWeight(`${caller}bias`, bias, { outputs: weight.shape[0] });
  return { kind, weight, ...(bias && { bias }) };
}
