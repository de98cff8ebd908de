export {
  type Cell,
  type CellState,
  type CellStep,
  type DrawNoise,
  type Noise,
  type Parameters,
  type Reading,
  type SequenceInputs,
  type SequenceNetwork,
  type Unrolled,
} from "./cell.ts";
export { type CellOptions, type GRUOptions, type LSTMOptions, type RNNOptions } from "./cells/cell-options.ts";
export { rnnCell } from "./cells/rnn-cell.ts";
export { gruCell } from "./cells/gru-cell.ts";
export { lstmCell } from "./cells/lstm-cell.ts";
export { perceptronCell, type NoState } from "./cells/perceptron-cell.ts";
export { recurrentLayers, type RecurrentLayersOptions } from "./layers/recurrent-layers.ts";
export { bidirectionalLayers } from "./layers/bidirectional-layers.ts";
export { layerShapes } from "./layers/layer-shapes.ts";
export { stack, type Stack } from "./layers/stack.ts";
export { type BetweenLayers, type ChainNoise } from "./layers/layer-chain.ts";
export { bidirectional, type BidirectionalState } from "./layers/bidirectional.ts";
export { unroll, type UnrollOptions } from "./layers/unroll.ts";
export { mapState } from "./map-state.ts";
export { dropoutMask } from "./random-mask.ts";
export { gradientFlow, type GradientFlowOptions } from "./diagnostics/gradient-flow.ts";
export { type Initialization } from "./initialization/initial-values.ts";
export { uniformVariable } from "./initialization/uniform-variable.ts";
export { normalVariable } from "./initialization/normal-variable.ts";
export { glorotUniformVariable } from "./initialization/glorot-uniform-variable.ts";
export { orthogonalVariable } from "./initialization/orthogonal-variable.ts";
