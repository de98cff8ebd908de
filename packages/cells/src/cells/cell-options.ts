import type { Generator } from "@rnnkit/random";
import type { RecurrentKind } from "@rnnkit/ops";
import { checkRates, checkSizes } from "../check-options.ts";
import { INITIALIZATIONS, type Initialization } from "../initialization/initial-values.ts";
import type { CellForm } from "./cell-form.ts";

/** What every cell can be made with. */
export interface CellOptions {
  /** I, the width of the input. */
  readonly inputSize: number;
  /** H, the width of the state, and of the output unless it is projected. */
  readonly hiddenSize: number;
  /** Two biases, as in PyTorch and cuDNN; one, as in Keras and the textbooks; or none. Default 2. */
  readonly numBiases?: 0 | 1 | 2;
  /** How the parameters begin. Default `pytorch`. */
  readonly initialization?: Initialization;
  /** Draws the initial parameters. */
  readonly generator: Generator;
  /** Whether both products are normalised, and in an LSTM the cell state too. Default false. */
  readonly hasLayerNorm?: boolean;
  /** Variational dropout of the inputs: the share that is dropped, the same in all steps of a sequence. Default 0. */
  readonly inputDropout?: number;
  /** The same of the hidden state, where it enters the recurrent product. Default 0. */
  readonly recurrentDropout?: number;
  /** How likely a number of the hidden state keeps its old value at a step. Default 0. */
  readonly hiddenZoneout?: number;
}

export interface RNNOptions extends CellOptions {
  /** The activation. Default `tanh`. */
  readonly nonlinearity?: "tanh" | "relu";
}

export interface GRUOptions extends CellOptions {
  /**
   * Where the reset gate multiplies: `after` the product with the recurrent weight, as in PyTorch, cuDNN and Keras; or `before`
   * it, as in the paper and d2l. Default `after`.
   */
  readonly reset?: "after" | "before";
}

export interface LSTMOptions extends CellOptions {
  /** P: the hidden state and the output are projected to this width. Default: no projection. */
  readonly projectionSize?: number;
  /** Whether the gates see the cell state, each number of it its own. Default false. */
  readonly hasPeepholes?: boolean;
  /** What the forget gate's bias begins with. Default: what the initialization says, 1 in Keras's. */
  readonly forgetBias?: number;
  /** How likely a number of the cell state keeps its old value at a step. Default 0. */
  readonly cellZoneout?: number;
}

/** The options of a cell of the kind, but for what the kind itself says. */
export type OptionsOf<Kind extends RecurrentKind> = Kind extends "lstm"
  ? LSTMOptions
  : Kind extends "gru"
    ? GRUOptions
    : CellOptions;

/** Throws a RangeError that names `caller` unless the options are in range. */
export function cellForm(
  caller: string,
  kind: RecurrentKind,
  options: Omit<LSTMOptions & GRUOptions, "generator">,
): CellForm {
  const { inputSize, hiddenSize, numBiases = 2, hasLayerNorm = false, reset = "after", hasPeepholes = false } = options;
  const { projectionSize, inputDropout = 0, recurrentDropout = 0, hiddenZoneout = 0, cellZoneout = 0 } = options;
  checkSizes(caller, { inputSize, hiddenSize, projectionSize });
  checkRates(caller, { inputDropout, recurrentDropout, hiddenZoneout, cellZoneout });
  checkChoice(`${caller}: numBiases`, numBiases, [0, 1, 2]);
  checkChoice(`${caller}: reset`, reset, ["after", "before"]);
  checkChoice(`${caller}: initialization`, options.initialization ?? "pytorch", INITIALIZATIONS);
  if (options.forgetBias !== undefined && numBiases === 0) {
    throw new RangeError(`${caller}: forgetBias must be left out where there is no bias, got ${options.forgetBias}`);
  }
  return {
    kind,
    inputSize,
    hiddenSize,
    numBiases,
    hasLayerNorm,
    reset,
    hasPeepholes,
    projectionSize,
    inputDropout,
    recurrentDropout,
    hiddenZoneout,
    cellZoneout,
  };
}

function checkChoice(argument: string, value: string | number, choices: readonly (string | number)[]): void {
  if (!choices.includes(value)) throw new RangeError(`${argument} must be one of ${choices.join(", ")}, got ${value}`);
}
