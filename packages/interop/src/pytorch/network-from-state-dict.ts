import { entriesOf, type Named } from "../named.ts";
import { checkKind, checkNetwork } from "../weights/check-network.ts";
import type { RecurrentDirection, RecurrentNetwork, RecurrentNetworkKind } from "../weights/network-module.ts";
import type { Weight } from "../weights/weight.ts";
import { PARAMETER_NAMES, REVERSE } from "./parameter-names.ts";

export interface NetworkFromStateDictOptions {
  /** What the weights do not say: whether an RNN has tanh or relu. Checked against their sizes. */
  readonly kind: RecurrentNetworkKind;
  /** What stands before the names, for instance `encoder.rnn.`. Default nothing. */
  readonly prefix?: string;
}

/**
 * The stack of layers that PyTorch's `nn.RNN`, `nn.GRU` or `nn.LSTM` keeps under `weight_ih_l0`, `weight_hh_l0`,
 * `bias_ih_l0`, `bias_hh_l0`, `weight_hr_l0`, the same with `_reverse`, and so on for `l1`, `l2`, ... Number of layers,
 * directions, biases and projection are read off the names.
 *
 * @param stateDict borrowed; the weights are handed on, not copied. Names of other modules are passed over.
 * @returns the network, in the layout that PyTorch has too.
 * @throws RangeError when a weight is missing or too many, or has another shape than the others ask for.
 */
export function networkFromStateDict(
  stateDict: Named<Weight>,
  { kind, prefix = "" }: NetworkFromStateDictOptions,
): RecurrentNetwork {
  const caller = "networkFromStateDict";
  checkKind(`${caller}: kind`, kind);
  const weights = new Map<string, Weight>();
  for (const [name, weight] of entriesOf(stateDict)) {
    const own = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (/^(weight|bias)_[a-z]+_l\d+(_reverse)?$/.test(own)) weights.set(own, weight);
  }
  const take = (suffix: string): RecurrentDirection | undefined => {
    const found = Object.entries(PARAMETER_NAMES).flatMap(([field, name]) => {
      const weight = weights.get(name + suffix);
      weights.delete(name + suffix);
      return weight === undefined ? [] : [[field, weight] as const];
    });
    if (found.length === 0) return undefined;
    const direction = Object.fromEntries(found) as Partial<RecurrentDirection>;
    for (const field of ["inputWeight", "recurrentWeight"] as const) {
      const name = prefix + PARAMETER_NAMES[field] + suffix;
      if (!direction[field]) throw new RangeError(`${caller}: ${name} must be there, got none`);
    }
    return direction as RecurrentDirection;
  };
  const layers = [];
  for (let layer = 0; ; layer++) {
    const forward = take(`_l${layer}`);
    if (!forward) break;
    const backward = take(`_l${layer}${REVERSE}`);
    layers.push({ forward, ...(backward && { backward }) });
  }
  if (layers.length === 0) {
    throw new RangeError(`${caller}: stateDict must hold ${prefix}weight_ih_l0, got none`);
  }
  const [left] = weights.keys();
  if (left !== undefined) throw new RangeError(`${caller}: ${prefix}${left} must belong to a layer, got no such layer`);
  const network = { kind, layers };
  checkNetwork(caller, network);
  return network;
}
