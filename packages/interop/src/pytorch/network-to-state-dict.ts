import { checkNetwork } from "../weights/check-network.ts";
import type { RecurrentDirection, RecurrentNetwork } from "../weights/network-module.ts";
import { zerosLike, type Weight } from "../weights/weight.ts";
import { PARAMETER_NAMES, REVERSE } from "./parameter-names.ts";

/**
 * The state dictionary with which PyTorch's `nn.RNN`, `nn.GRU` or `nn.LSTM` computes what the network does. PyTorch has two
 * biases or none in all of a module: where one is missing, it is zeros.
 *
 * @param network borrowed; its weights are handed on, not copied.
 * @param options.prefix what to put before the names, for instance `encoder.rnn.`. Default nothing.
 * @returns a new Map in the order in which PyTorch lists the parameters.
 * @throws RangeError for a GRU that resets before the product, which PyTorch lacks, and for weights that do not fit together.
 */
export function networkToStateDict(
  network: RecurrentNetwork,
  { prefix = "" }: { readonly prefix?: string } = {},
): Map<string, Weight> {
  checkNetwork("networkToStateDict", network);
  if (network.kind === "gru-reset-before") {
    throw new RangeError("networkToStateDict: kind must be one that PyTorch has, got gru-reset-before");
  }
  const directions = network.layers.flatMap(({ forward, backward }, layer) => [
    [`_l${layer}`, forward] as const,
    ...(backward ? [[`_l${layer}${REVERSE}`, backward] as const] : []),
  ]);
  const hasBias = directions.some(([, { inputBias, recurrentBias }]) => inputBias ?? recurrentBias);
  const stateDict = new Map<string, Weight>();
  for (const [suffix, direction] of directions) {
    const complete = hasBias ? withBothBiases(direction) : direction;
    for (const [field, name] of Object.entries(PARAMETER_NAMES)) {
      const weight = complete[field as keyof RecurrentDirection];
      if (weight) stateDict.set(prefix + name + suffix, weight);
    }
  }
  return stateDict;
}

function withBothBiases(direction: RecurrentDirection): RecurrentDirection {
  const rows = direction.recurrentWeight.shape[0]!;
  const zeros = { shape: [rows], data: zerosLike(direction.recurrentWeight, rows) };
  return { ...direction, inputBias: direction.inputBias ?? zeros, recurrentBias: direction.recurrentBias ?? zeros };
}
