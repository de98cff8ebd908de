import {
  NUM_GATES,
  recurrent,
  recurrentStep,
  type RecurrentKind,
  type RecurrentState,
  type RecurrentWeights,
} from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { Cell, Parameters, Unrolled } from "./cell.ts";
import { uniformVariable } from "./uniform-variable.ts";

export interface CellOptions {
  /** I, the width of the input. */
  readonly inputSize: number;
  /** H, the width of the state and of the output. */
  readonly hiddenSize: number;
  /** Whether there are biases: two, as in PyTorch. Default true. */
  readonly hasBias?: boolean;
  /** Draws the initial parameters. */
  readonly generator: Generator;
}

/** The cell of one recurrent kind, with the parameter names and initial values of PyTorch's `nn.RNNCell` and its sisters. */
export class RecurrentCell<Kind extends RecurrentKind> implements Cell<RecurrentState<Kind>> {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly #kind: Kind;
  readonly #parameters: Parameters;
  #isDisposed = false;

  /** @param caller named in errors: the public function that makes the cell. */
  constructor(caller: string, kind: Kind, { inputSize, hiddenSize, hasBias = true, generator }: CellOptions) {
    for (const [name, size] of Object.entries({ inputSize, hiddenSize })) {
      if (!Number.isInteger(size) || size < 1) {
        throw new RangeError(`${caller}: ${name} must be a positive integer, got ${size}`);
      }
    }
    this.inputSize = inputSize;
    this.outputSize = hiddenSize;
    this.#kind = kind;
    const rows = NUM_GATES[kind] * hiddenSize;
    const bound = 1 / Math.sqrt(hiddenSize);
    const draw = (shape: number[]) => uniformVariable(generator, { shape, bound });
    this.#parameters = {
      weight_ih: draw([rows, inputSize]),
      weight_hh: draw([rows, hiddenSize]),
      ...(hasBias && { bias_ih: draw([rows]), bias_hh: draw([rows]) }),
    };
  }

  get parameters(): Parameters {
    if (this.#isDisposed) throw new Error(`${this.#kind} cell: already disposed`);
    return this.#parameters;
  }

  zeroState(batchSize: number): RecurrentState<Kind> {
    const zeros = () => tf.zeros<tf.Rank.R2>([batchSize, this.outputSize]);
    return (this.#kind === "lstm" ? { hidden: zeros(), cell: zeros() } : { hidden: zeros() }) as RecurrentState<Kind>;
  }

  step(inputs: tf.Tensor2D, state: RecurrentState<Kind>): RecurrentState<Kind> {
    return recurrentStep(this.#kind, { inputs, state, weights: this.#weights() });
  }

  output(state: RecurrentState<Kind>): tf.Tensor2D {
    return state.hidden;
  }

  unroll(inputs: tf.Tensor3D, state: RecurrentState<Kind>): Unrolled<RecurrentState<Kind>> {
    const { outputs, finalState } = recurrent(this.#kind, { inputs, initialState: state, weights: this.#weights() });
    return { outputs, state: finalState };
  }

  dispose(): void {
    this.#isDisposed = true;
    tf.dispose(this.#parameters as Record<string, tf.Variable>);
  }

  #weights(): RecurrentWeights {
    const { weight_ih, weight_hh, bias_ih, bias_hh } = this.parameters as Record<string, never>;
    return { inputWeight: weight_ih!, recurrentWeight: weight_hh!, inputBias: bias_ih, recurrentBias: bias_hh };
  }
}
