import { showValue } from "../show-value.ts";
import { checkKind, checkNetwork } from "../weights/check-network.ts";
import { checkWeight } from "../weights/check-weight.ts";
import {
  GATES,
  type RecurrentDirection,
  type RecurrentNetwork,
  type RecurrentNetworkKind,
} from "../weights/network-module.ts";
import type { Weight } from "../weights/weight.ts";
import { fromKernel, swapBlocks } from "./gate-blocks.ts";

/**
 * The network that a stack of Keras layers `SimpleRNN`, `GRU`, `LSTM`, or `Bidirectional` of them, is: Keras 2 and 3 alike.
 * Kernels are transposed, the gates of a GRU change places; whether there are biases and two directions is read off the
 * number of weights (2 or 3, twice that for two directions, forward first).
 *
 * @param kind `gru` for `reset_after=True`, the default of Keras; `gru-reset-before` for `False`. Activations other than
 * the kind's (tanh or relu, sigmoid gates) are not of the weights, and are not looked for.
 * @param layers what `get_weights()` gives for each layer, bottom first: kernel [I, G·H], recurrent kernel [H, G·H], bias
 * [G·H], or [2, G·H] of a GRU that resets after. Borrowed, copied.
 * @returns the network; the one bias of Keras is its `inputBias`.
 * @throws RangeError or TypeError when the number of weights or a shape does not fit the kind.
 */
export function networkFromKeras(kind: RecurrentNetworkKind, layers: readonly (readonly Weight[])[]): RecurrentNetwork {
  const caller = "networkFromKeras";
  checkKind(`${caller}: kind`, kind);
  const network = {
    kind,
    layers: layers.map((weights, layer) => {
      const place = `${caller}: layer ${layer}`;
      if (![2, 3, 4, 6].includes(weights.length)) {
        throw new RangeError(`${place} must have 2, 3, 4 or 6 weights, got ${showValue(weights.length)}`);
      }
      if (weights.length < 4) return { forward: readDirection(place, kind, weights) };
      const half = weights.length / 2;
      return {
        forward: readDirection(place, kind, weights.slice(0, half)),
        backward: readDirection(`${place}, backward,`, kind, weights.slice(half)),
      };
    }),
  };
  checkNetwork(caller, network);
  return network;
}

function readDirection(
  place: string,
  kind: RecurrentNetworkKind,
  [kernel, recurrentKernel, bias]: readonly Weight[],
): RecurrentDirection {
  checkWeight(`${place} recurrent kernel`, recurrentKernel, { H: undefined, G·H: undefined });
  const rows = GATES[kind] * recurrentKernel.shape[0]!;
  checkWeight(`${place} recurrent kernel`, recurrentKernel, { H: undefined, G·H: rows });
  checkWeight(`${place} kernel`, kernel, { I: undefined, G·H: rows });
  const direction = { inputWeight: fromKernel(kind, kernel), recurrentWeight: fromKernel(kind, recurrentKernel) };
  if (!bias) return direction;
  if (kind !== "gru") {
    checkWeight(`${place} bias`, bias, { G·H: rows });
    return { ...direction, inputBias: swapBlocks(kind, bias) };
  }
  checkWeight(`${place} bias`, bias, { biases: 2, G·H: rows });
  const row = (index: number) =>
    swapBlocks(kind, { shape: [rows], data: bias.data.subarray(index * rows, (index + 1) * rows) });
  return { ...direction, inputBias: row(0), recurrentBias: row(1) };
}
