import { affine, gateStep, type LSTMState } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { CellForm } from "./cell-form.ts";
import type { CellNoise } from "./cell-noise.ts";
import { gruResetBefore } from "./gru-reset-before.ts";
import { lstmGates } from "./lstm-gates.ts";
import { gateProduct } from "./gate-product.ts";

/** The parameters of a cell by name, as `parameterShapes` lists them. */
export type CellWeights = Readonly<Record<string, tf.Tensor>>;

export interface CellStepArguments {
  /** [B, I] */
  readonly inputs: tf.Tensor2D;
  /** `cell` in an LSTM alone. */
  readonly state: LSTMState;
  /** That of one step. */
  readonly noise: CellNoise | undefined;
}

/**
 * One time step of a cell of any form, of which `recurrent` makes the plain ones at once: dropout masks, products, gates,
 * projection, zoneout.
 *
 * @returns the new state; the hidden state is the output.
 */
export function cellStep(form: CellForm, weights: CellWeights, { inputs, state, noise }: CellStepArguments): LSTMState {
  const masked = noise?.inputs ? tf.mul<tf.Tensor2D>(inputs, noise.inputs) : inputs;
  const hidden = noise?.recurrent ? tf.mul<tf.Tensor2D>(state.hidden, noise.recurrent) : state.hidden;
  const input = gateProduct(form, weights, { side: "ih", rows: masked });
  if (form.reset === "before" && form.kind === "gru") {
    return keepSome(form, { next: { hidden: gruResetBefore(form, weights, { input, hidden, state }) }, state, noise });
  }
  const recurrent = gateProduct(form, weights, { side: "hh", rows: hidden });
  const isPlain = form.kind !== "lstm" || !(form.hasPeepholes || form.hasLayerNorm);
  const gated = isPlain
    ? gateStep(form.kind, { input, recurrent, state })
    : lstmGates(weights, { sums: tf.add(input, recurrent), cell: state.cell });
  const projection = weights["weight_hr"] as tf.Tensor2D | undefined;
  const next = projection ? { ...gated, hidden: affine(gated.hidden, { weight: projection }) } : gated;
  return keepSome(form, { next, state, noise });
}

/** Zoneout: some numbers of the state keep their old value, or all of them a share of it in evaluation. */
function keepSome(
  { hiddenZoneout, cellZoneout }: CellForm,
  { next, state, noise }: Omit<CellStepArguments, "inputs"> & { readonly next: Partial<LSTMState> },
): LSTMState {
  const mix = (name: "hidden" | "cell", rate: number): tf.Tensor2D => {
    if (rate === 0) return next[name]!;
    const kept = noise?.[name] ?? tf.scalar(rate);
    return tf.add(tf.mul(state[name], kept), tf.mul(next[name]!, tf.sub(1, kept)));
  };
  return { hidden: mix("hidden", hiddenZoneout), ...(next.cell && { cell: mix("cell", cellZoneout) }) } as LSTMState;
}
