import * as tf from "@tensorflow/tfjs";
import type { Cell, CellState } from "../cell.ts";
import {
  chainNoise,
  chainParameters,
  checkChain,
  handOn,
  readChain,
  type BetweenLayers,
  type ChainNoise,
} from "./layer-chain.ts";

/** Cells above one another, as one cell. */
export interface Stack<State extends CellState> extends Cell<readonly State[]> {
  /** Bottom first; owned by the stack. */
  readonly cells: readonly Cell<State>[];
  readonly between: BetweenLayers;
}

/**
 * Cells above one another: each reads the output of the one below. The stack is itself a cell, whose state is the list of
 * its cells' states and whose output is the top one's.
 *
 * Layer k's parameter `name` is called `name_l<k>` in the stack, as in PyTorch's `nn.LSTM` and its sisters.
 *
 * @param cells at least one, bottom first; the stack owns them from now on and disposes them.
 * @throws RangeError when there is no cell, or dropout with none to drop for; ShapeError when one's input is not as wide as the
 *   output below it.
 */
export function stack<State extends CellState>(
  cells: readonly Cell<State>[],
  between: BetweenLayers = {},
): Stack<State> {
  return chainedCells("stack", cells, between);
}

/** @param caller named in errors. */
export function chainedCells<State extends CellState>(
  caller: string,
  cells: readonly Cell<State>[],
  between: BetweenLayers,
): Stack<State> {
  checkChain(caller, cells, between);
  const drawNoise = chainNoise(cells, between);
  return {
    cells,
    between,
    inputSize: cells[0]!.inputSize,
    outputSize: cells.at(-1)!.outputSize,
    get parameters() {
      return chainParameters(cells);
    },
    ...(drawNoise && { drawNoise }),
    zeroState: (batchSize) => cells.map((cell) => cell.zeroState(batchSize)),
    step(inputs, states, noise) {
      const masks = noise as ChainNoise | undefined;
      return tf.tidy(() => {
        let below = inputs;
        const state = cells.map((cell, k) => {
          const step = cell.step(below, states[k]!, masks?.layers[k]);
          const added = between.isResidual && k > 0 ? below : undefined;
          below = handOn(step.output, { added, mask: masks?.between[k] });
          return step.state;
        });
        return { output: below, state: state as tf.TensorContainerArray };
      }) as unknown as ReturnType<Stack<State>["step"]>;
    },
    unroll: (inputs, reading) => readChain(cells, inputs, { reading, isResidual: between.isResidual }),
    dispose() {
      for (const cell of cells) cell.dispose();
    },
  };
}
