import * as tf from "@tensorflow/tfjs";
import { affine } from "./affine.ts";
import { checkState, checkWeights } from "./check-recurrent.ts";
import { checkShape } from "./check-shape.ts";
import { gateStep } from "./gate-step.ts";
import type { RecurrentKind, RecurrentState, RecurrentWeights } from "./recurrent-kind.ts";
import { stateToList } from "./state-list.ts";

export interface RecurrentStepArguments<Kind extends RecurrentKind> {
  /** [B, I] */
  readonly inputs: tf.Tensor2D;
  /** Each [B, H]. */
  readonly state: RecurrentState<Kind>;
  readonly weights: RecurrentWeights;
}

/**
 * One time step of a recurrent net, made of ordinary TensorFlow.js operations that TensorFlow.js differentiates itself.
 *
 * The equations stand in `rnn-equations.ts`, `gru-equations.ts` (reset after the product, as PyTorch) and
 * `lstm-equations.ts`.
 *
 * @returns the new state, owned by the caller; its `hidden` is also the output. The arguments are borrowed.
 * @throws ShapeError when the shapes do not fit.
 */
export function recurrentStep<Kind extends RecurrentKind>(
  kind: Kind,
  { inputs, state, weights }: RecurrentStepArguments<Kind>,
): RecurrentState<Kind> {
  checkWeights("recurrentStep", kind, weights);
  checkShape("recurrentStep: inputs", inputs, { B: undefined, I: weights.inputWeight.shape[1] });
  checkState("recurrentStep: state", stateToList(kind, state), inputs.shape[0], weights);
  return tf.tidy(() => {
    const input = affine(inputs, { weight: weights.inputWeight, bias: weights.inputBias });
    const recurrent = affine(state.hidden, { weight: weights.recurrentWeight, bias: weights.recurrentBias });
    return gateStep(kind, { input, recurrent, state });
  });
}
