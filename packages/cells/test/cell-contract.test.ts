import { xoshiro128 } from "@rnnkit/random";
import { cellContract } from "@rnnkit/testing/cell-contract";
import {
  gruCell,
  lstmCell,
  perceptronCell,
  recurrentLayers,
  rnnCell,
  stack,
  type Cell,
  type CellOptions,
  type CellState,
  type GRUOptions,
  type LSTMOptions,
  type RNNOptions,
} from "../src/index.ts";

const sizes = { inputSize: 3, hiddenSize: 4 };
const generator = () => xoshiro128(1);

const ofAll: readonly Partial<CellOptions>[] = [
  {},
  { numBiases: 1 },
  { numBiases: 0 },
  { hasLayerNorm: true },
  { hasLayerNorm: true, numBiases: 0 },
  { inputDropout: 0.4 },
  { recurrentDropout: 0.4 },
  { hiddenZoneout: 0.3 },
  { inputDropout: 0.2, recurrentDropout: 0.3, hiddenZoneout: 0.2, hasLayerNorm: true },
];
const ofRNNs: readonly Partial<RNNOptions>[] = [{ nonlinearity: "relu" }];
const ofGRUs: readonly Partial<GRUOptions>[] = ofAll.map((options) => ({ ...options, reset: "before" }));
const ofLSTMs: readonly Partial<LSTMOptions>[] = [
  { projectionSize: 2 },
  { projectionSize: 2, recurrentDropout: 0.4, hiddenZoneout: 0.3, cellZoneout: 0.2 },
  { hasPeepholes: true },
  { hasPeepholes: true, hasLayerNorm: true, projectionSize: 3 },
  { cellZoneout: 0.3 },
  { forgetBias: 1 },
];

for (const options of [...ofAll, ...ofRNNs]) {
  cellContract(`rnnCell with ${JSON.stringify(options)}`, () =>
    rnnCell({ ...sizes, ...options, generator: generator() }),
  );
}
for (const options of [...ofAll, ...ofGRUs]) {
  cellContract(`gruCell with ${JSON.stringify(options)}`, () =>
    gruCell({ ...sizes, ...options, generator: generator() }),
  );
}
for (const options of [...ofAll, ...ofLSTMs]) {
  cellContract(`lstmCell with ${JSON.stringify(options)}`, () =>
    lstmCell({ ...sizes, ...options, generator: generator() }),
  );
}
for (const options of [
  {},
  { dropout: 0.5 },
  { isResidual: true },
  { dropout: 0.3, isResidual: true, inputDropout: 0.2, recurrentDropout: 0.2 },
]) {
  cellContract(`recurrentLayers of three with ${JSON.stringify(options)}`, () =>
    recurrentLayers("gru", { ...sizes, numLayers: 3, ...options, generator: generator() }),
  );
}
cellContract("recurrentLayers of projected LSTMs", () =>
  recurrentLayers("lstm", { ...sizes, numLayers: 2, projectionSize: 2, isResidual: true, generator: generator() }),
);
cellContract("a cell without unroll", () => withoutUnroll(lstmCell({ ...sizes, generator: generator() })));
cellContract("a stack of unlike cells", () => {
  const shared = generator();
  const bottom: Cell<CellState> = lstmCell({ ...sizes, generator: shared });
  const top: Cell<CellState> = gruCell({ inputSize: 4, hiddenSize: 2, generator: shared });
  return stack([bottom, withoutUnroll(top)], { dropout: 0.5 });
});
cellContract("perceptronCell", () => perceptronCell({ ...sizes, generator: generator() }));

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
    dispose: () => cell.dispose(),
  };
}
