import type { RecurrentKind, RecurrentState } from "@rnnkit/ops";
import type { Cell } from "./cell.ts";
import { RecurrentCell, type CellOptions } from "./recurrent-cell.ts";
import { stack } from "./stack.ts";

export interface RecurrentLayersOptions extends CellOptions {
  /** L, the number of layers. Default 1. */
  readonly numLayers?: number;
}

/**
 * A recurrent network of one or more layers: the counterpart of PyTorch's `nn.RNN`, `nn.GRU` and `nn.LSTM`, with their
 * parameter names (`weight_ih_l0`, ...), layouts and initial values.
 *
 * @param kind `rnn-tanh`, `rnn-relu`, `gru` or `lstm`.
 * @returns a stack of L cells, of which the bottom one reads I inputs and each other one H; the caller disposes it. Run it
 *   over a sequence with `unroll`.
 * @throws RangeError when a size is not a positive integer.
 */
export function recurrentLayers<Kind extends RecurrentKind>(
  kind: Kind,
  { numLayers = 1, ...options }: RecurrentLayersOptions,
): Cell<readonly RecurrentState<Kind>[]> {
  if (!Number.isInteger(numLayers) || numLayers < 1) {
    throw new RangeError(`recurrentLayers: numLayers must be a positive integer, got ${numLayers}`);
  }
  const cells = Array.from({ length: numLayers }, (_, layer) => {
    const inputSize = layer === 0 ? options.inputSize : options.hiddenSize;
    return new RecurrentCell("recurrentLayers", kind, { ...options, inputSize });
  });
  return stack(cells);
}
