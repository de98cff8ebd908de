import * as tf from "@tensorflow/tfjs";
import { checkShape } from "./check-shape.ts";
import { GATE_EQUATIONS } from "./gate-equations.ts";
import { NUM_GATES, type RecurrentKind, type RecurrentState } from "./recurrent-kind.ts";
import { stateFromList, stateToList } from "./state-list.ts";

export interface GateStepArguments<Kind extends RecurrentKind> {
  /** [B, G·H], the input times its weight, plus its bias. */
  readonly input: tf.Tensor2D;
  /** [B, G·H], the hidden state times its weight, plus its bias. */
  readonly recurrent: tf.Tensor2D;
  /** Each [B, H]. With a projection the hidden state, which only a GRU reads here, may be of another width. */
  readonly state: RecurrentState<Kind>;
}

/**
 * The second half of a time step: from the two products to the new state. Who normalises or masks the products makes a cell
 * of another form with it. TensorFlow.js differentiates it itself.
 *
 * @returns the new state, owned by the caller; the arguments are borrowed.
 * @throws ShapeError when the shapes do not fit.
 */
export function gateStep<Kind extends RecurrentKind>(
  kind: Kind,
  { input, recurrent, state }: GateStepArguments<Kind>,
): RecurrentState<Kind> {
  const tensors = stateToList(kind, state);
  const [batchSize, size] = tensors.at(-1)!.shape;
  const rows = NUM_GATES[kind] * size;
  checkShape("gateStep: input", input, { B: batchSize, G·H: rows });
  checkShape("gateStep: recurrent", recurrent, { B: batchSize, G·H: rows });
  return tf.tidy(() => {
    const { state: next } = GATE_EQUATIONS[kind].forward(input, recurrent, tensors);
    return stateFromList(kind, next as tf.Tensor2D[]);
  });
}
