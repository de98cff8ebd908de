import { xoshiro128 } from "@rnnkit/random";
import { cellContract } from "@rnnkit/testing/cell-contract";
import { gruCell, lstmCell, recurrentLayers, rnnCell, stack, type Cell, type CellState } from "../src/index.ts";

const sizes = { inputSize: 3, hiddenSize: 4 };
const generator = () => xoshiro128(1);

cellContract("rnnCell with tanh", () => rnnCell({ ...sizes, generator: generator() }));
cellContract("rnnCell with relu", () => rnnCell({ ...sizes, nonlinearity: "relu", generator: generator() }));
cellContract("gruCell", () => gruCell({ ...sizes, generator: generator() }));
cellContract("gruCell without bias", () => gruCell({ ...sizes, hasBias: false, generator: generator() }));
cellContract("lstmCell", () => lstmCell({ ...sizes, generator: generator() }));
cellContract("a cell without unroll", () => withoutUnroll(lstmCell({ ...sizes, generator: generator() })));
cellContract("recurrentLayers of three", () =>
  recurrentLayers("gru", { ...sizes, numLayers: 3, generator: generator() }),
);
cellContract("a stack of unlike cells", () => {
  const shared = generator();
  const bottom: Cell<CellState> = lstmCell({ ...sizes, generator: shared });
  const top: Cell<CellState> = gruCell({ inputSize: 4, hiddenSize: 2, generator: shared });
  return stack([bottom, withoutUnroll(top)]);
});

/** The same cell, which `unroll` must take step by step. */
function withoutUnroll<State extends CellState>(cell: Cell<State>): Cell<State> {
  return {
    inputSize: cell.inputSize,
    outputSize: cell.outputSize,
    get parameters() {
      return cell.parameters;
    },
    zeroState: (batchSize) => cell.zeroState(batchSize),
    step: (inputs, state) => cell.step(inputs, state),
    output: (state) => cell.output(state),
    dispose: () => cell.dispose(),
  };
}
