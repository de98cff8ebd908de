import type { RecurrentKind, RecurrentState } from "@rnnkit/ops";
import type { OptionsOf } from "../cells/cell-options.ts";
import { RecurrentCell } from "../cells/recurrent-cell.ts";
import { checkBetween, type BetweenLayers } from "./layer-chain.ts";
import { chainedCells, type Stack } from "./stack.ts";

/** The options of the cells of the kind, and of what lies between them. */
export type RecurrentLayersOptions<Kind extends RecurrentKind> = OptionsOf<Kind> &
  BetweenLayers & {
    /** L, the number of layers. Default 1. */
    readonly numLayers?: number;
  };

/**
 * A recurrent network of one or more layers in one direction: the counterpart of PyTorch's `nn.RNN`, `nn.GRU` and `nn.LSTM`,
 * with their parameter names (`weight_ih_l0`, ...), layouts and initial values.
 *
 * @param kind `rnn-tanh`, `rnn-relu`, `gru` or `lstm`.
 * @returns a stack of L cells, of which the bottom one reads I inputs and each other one the output below it; the caller
 *   disposes it. Run it over a sequence with `unroll`, or step by step. Its state is a list, bottom first.
 * @throws RangeError when an option is out of range.
 */
export function recurrentLayers<Kind extends RecurrentKind>(
  kind: Kind,
  options: RecurrentLayersOptions<Kind>,
): Stack<RecurrentState<Kind>> {
  const { numLayers = 1, dropout = 0, isResidual = false } = options;
  const between = { dropout, isResidual };
  checkBetween("recurrentLayers", numLayers, between);
  const cells: RecurrentCell<Kind>[] = [];
  for (let layer = 0; layer < numLayers; layer++) {
    const inputSize = cells.at(-1)?.outputSize ?? options.inputSize;
    cells.push(new RecurrentCell("recurrentLayers", kind, { ...options, inputSize }));
  }
  return chainedCells("recurrentLayers", cells, between);
}
