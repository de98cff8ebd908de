import { recurrent, type LSTMState, type RecurrentKind, type RecurrentState, type RecurrentWeights } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { Cell, CellStep, DrawNoise, Noise, Parameters, Reading, SequenceInputs, Unrolled } from "../cell.ts";
import { denseInputs } from "../dense-inputs.ts";
import { initialParameters } from "../initialization/initial-values.ts";
import { unrollCell } from "../layers/unroll-cell.ts";
import { isFusable, outputSizeOf, type CellForm } from "./cell-form.ts";
import { drawCellNoise, hasNoise, type CellNoise } from "./cell-noise.ts";
import { cellForm, type OptionsOf } from "./cell-options.ts";
import { cellStep } from "./cell-step.ts";

/** The cell of one recurrent kind in any of its forms. */
export class RecurrentCell<Kind extends RecurrentKind> implements Cell<RecurrentState<Kind>> {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly drawNoise?: DrawNoise;
  readonly #form: CellForm;
  readonly #parameters: Parameters;
  #isDisposed = false;

  /** @param caller named in errors: the public function that makes the cell. */
  constructor(caller: string, kind: Kind, options: OptionsOf<Kind>) {
    const form = cellForm(caller, kind, options);
    this.inputSize = form.inputSize;
    this.outputSize = outputSizeOf(form);
    this.#form = form;
    this.#parameters = initialParameters(form, options);
    if (hasNoise(form)) this.drawNoise = (generator, sizes) => drawCellNoise(form, generator, sizes);
  }

  get parameters(): Parameters {
    if (this.#isDisposed) throw new Error(`${this.#form.kind} cell: already disposed`);
    return this.#parameters;
  }

  zeroState(batchSize: number): RecurrentState<Kind> {
    const zeros = (size: number) => tf.zeros<tf.Rank.R2>([batchSize, size]);
    const hidden = zeros(this.outputSize);
    const state = this.#form.kind === "lstm" ? { hidden, cell: zeros(this.#form.hiddenSize) } : { hidden };
    return state as RecurrentState<Kind>;
  }

  step(inputs: tf.Tensor2D, state: RecurrentState<Kind>, noise?: Noise): CellStep<RecurrentState<Kind>> {
    const weights = this.parameters;
    const args = { inputs, state: state as LSTMState, noise: noise as CellNoise | undefined };
    const next = tf.tidy(() => cellStep(this.#form, weights, args)) as unknown as RecurrentState<Kind>;
    return { output: next.hidden, state: next };
  }

  unroll(inputs: SequenceInputs, reading: Reading<RecurrentState<Kind>>): Unrolled<RecurrentState<Kind>> {
    const masks = reading.noise as CellNoise | undefined;
    if (!isFusable(this.#form) || masks?.recurrent) return unrollCell(this, inputs, reading);
    const { initialState, lengths, isReverse } = reading;
    const weights = this.#weights();
    const fused = (rows: SequenceInputs): Unrolled<RecurrentState<Kind>> => {
      const args = { inputs: rows, initialState, weights, lengths, isReverse };
      const { outputs, finalState } = recurrent(this.#form.kind as Kind, args);
      return { outputs, state: finalState };
    };
    if (!masks?.inputs) return fused(inputs);
    const mask = masks.inputs;
    return tf.tidy(() => {
      const rows = tf.mul<tf.Tensor3D>(denseInputs(inputs, this.inputSize), mask);
      return fused(rows) as unknown as tf.TensorContainerObject;
    }) as unknown as Unrolled<RecurrentState<Kind>>;
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
