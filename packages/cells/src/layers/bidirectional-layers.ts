import type { RecurrentKind, RecurrentState } from "@rnnkit/ops";
import { RecurrentCell } from "../cells/recurrent-cell.ts";
import type { SequenceNetwork } from "../cell.ts";
import { bidirectional, type BidirectionalState } from "./bidirectional.ts";
import { chainNoise, chainParameters, checkBetween, readChain } from "./layer-chain.ts";
import type { RecurrentLayersOptions } from "./recurrent-layers.ts";

/**
 * A recurrent network of one or more layers that each read the whole sequence in both directions: the counterpart of PyTorch's
 * `nn.RNN`, `nn.GRU` and `nn.LSTM` with `bidirectional=True`, with their parameter names (`weight_ih_l0_reverse`, ...).
 *
 * It is no cell, for a step cannot know what comes after it. Outputs are [B, T, 2H], forward first, and so is what each layer
 * but the bottom one reads.
 *
 * @param kind `rnn-tanh`, `rnn-relu`, `gru` or `lstm`.
 * @returns a network that the caller disposes, for `unroll`. Its state is a list, bottom first, of `forward` and `backward`.
 * @throws RangeError when an option is out of range.
 */
export function bidirectionalLayers<Kind extends RecurrentKind>(
  kind: Kind,
  options: RecurrentLayersOptions<Kind>,
): SequenceNetwork<readonly BidirectionalState<RecurrentState<Kind>>[]> {
  const { numLayers = 1, dropout = 0, isResidual = false } = options;
  const between = { dropout, isResidual };
  checkBetween("bidirectionalLayers", numLayers, between);
  const layers: SequenceNetwork<BidirectionalState<RecurrentState<Kind>>>[] = [];
  for (let layer = 0; layer < numLayers; layer++) {
    const inputSize = layers.at(-1)?.outputSize ?? options.inputSize;
    const cell = () => new RecurrentCell("bidirectionalLayers", kind, { ...options, inputSize });
    layers.push(bidirectional({ forward: cell(), backward: cell() }));
  }
  const drawNoise = chainNoise(layers as never, between);
  return {
    inputSize: options.inputSize,
    outputSize: layers.at(-1)!.outputSize,
    get parameters() {
      return chainParameters(layers as never);
    },
    ...(drawNoise && { drawNoise }),
    zeroState: (batchSize) => layers.map((layer) => layer.zeroState(batchSize)),
    unroll: (inputs, reading) => readChain(layers, inputs, { reading, isResidual: between.isResidual }),
    dispose() {
      for (const layer of layers) layer.dispose();
    },
  };
}
