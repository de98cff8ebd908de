import { checkNetwork } from "../weights/check-network.ts";
import type { RecurrentDirection, RecurrentNetwork, RecurrentNetworkKind } from "../weights/network-module.ts";
import { zerosLike, type Weight } from "../weights/weight.ts";
import { swapBlocks, toKernel } from "./gate-blocks.ts";

/**
 * What `set_weights()` of Keras takes for each layer of a network: kernels transposed, gates in the order of Keras, and one
 * bias, the sum of the two (rounded once), except in a `gru`, whose two biases Keras has too.
 *
 * The Keras layers are `SimpleRNN`, `LSTM`, `GRU` (with `reset_after=False` for `gru-reset-before`), inside `Bidirectional`
 * with its default `merge_mode="concat"` where there are two directions; with `use_bias=False` where there is no bias.
 *
 * @param network borrowed, copied.
 * @returns the weights of each layer, bottom first: 2 or 3, twice that for two directions.
 * @throws RangeError for an LSTM with a projection, which Keras lacks, and for weights that do not fit together.
 */
export function networkToKeras(network: RecurrentNetwork): Weight[][] {
  checkNetwork("networkToKeras", network);
  return network.layers.map(({ forward, backward }, layer) => {
    const directions = backward ? [forward, backward] : [forward];
    const hasBias = directions.some(({ inputBias, recurrentBias }) => inputBias ?? recurrentBias);
    return directions.flatMap((direction) => {
      if (direction.projectionWeight) {
        throw new RangeError(`networkToKeras: layer ${layer} must have no projection, which Keras lacks, got one`);
      }
      const kernels = [
        toKernel(network.kind, direction.inputWeight),
        toKernel(network.kind, direction.recurrentWeight),
      ];
      return hasBias ? [...kernels, kerasBias(network.kind, direction)] : kernels;
    });
  });
}

function kerasBias(kind: RecurrentNetworkKind, direction: RecurrentDirection): Weight {
  const { inputBias, recurrentBias, recurrentWeight } = direction;
  const rows = recurrentWeight.shape[0]!;
  const zeros: Weight = { shape: [rows], data: zerosLike(recurrentWeight, rows) };
  const biases = [inputBias ?? zeros, recurrentBias ?? zeros] as const;
  if (kind !== "gru") {
    const data = biases[0].data.map((value, i) => value + biases[1].data[i]!);
    return swapBlocks(kind, { shape: [rows], data });
  }
  const data = zerosLike(recurrentWeight, 2 * rows);
  for (const [row, bias] of biases.entries()) data.set(swapBlocks(kind, bias).data, row * rows);
  return { shape: [2, rows], data };
}
