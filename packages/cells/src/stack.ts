import { ShapeError } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { Cell, CellState, Parameters } from "./cell.ts";
import { unroll } from "./unroll.ts";

/**
 * Cells above one another: each reads the output of the one below. The stack is itself a cell, whose state is the list of
 * its cells' states and whose output is the top one's.
 *
 * Layer k's parameter `name` is called `name_l<k>` in the stack, as in PyTorch's `nn.LSTM` and its sisters.
 *
 * @param cells at least one, bottom first; the stack owns them from now on and disposes them.
 * @throws RangeError when there is no cell; ShapeError when one's input is not as wide as the output below it.
 */
export function stack<State extends CellState>(cells: readonly Cell<State>[]): Cell<readonly State[]> {
  const bottom = cells[0];
  const top = cells.at(-1);
  if (!bottom || !top) throw new RangeError("stack: cells must hold at least one cell, got none");
  for (const [below, cell] of cells.slice(1).entries()) {
    const { outputSize } = cells[below]!;
    if (cell.inputSize !== outputSize) {
      throw new ShapeError(
        `stack: cell ${below + 1} must have the inputSize ${outputSize} of the output below it, got ${cell.inputSize}`,
      );
    }
  }
  return {
    inputSize: bottom.inputSize,
    outputSize: top.outputSize,
    get parameters(): Parameters {
      const named = cells.map(({ parameters }, layer) =>
        Object.entries(parameters).map(([name, variable]) => [`${name}_l${layer}`, variable] as const),
      );
      return Object.fromEntries(named.flat());
    },
    zeroState: (batchSize) => cells.map((cell) => cell.zeroState(batchSize)),
    step(inputs, states) {
      let below = inputs;
      return cells.map((cell, layer) => {
        const state = cell.step(below, states[layer]!);
        below = cell.output(state);
        return state;
      });
    },
    output: (states) => top.output(states.at(-1)!),
    unroll(inputs, states) {
      let outputs = inputs;
      const final = cells.map((cell, layer) => {
        const unrolled = unroll(cell, outputs, states[layer]!);
        if (layer > 0) tf.dispose(outputs);
        outputs = unrolled.outputs;
        return unrolled.state;
      });
      return { outputs, state: final };
    },
    dispose() {
      for (const cell of cells) cell.dispose();
    },
  };
}
