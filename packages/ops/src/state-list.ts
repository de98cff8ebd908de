import type * as tf from "@tensorflow/tfjs";
import type { LSTMState, RecurrentKind, RecurrentState } from "./recurrent-kind.ts";

/** The tensors of a state in the order of the equations: the hidden state first. */
export function stateToList<Kind extends RecurrentKind>(kind: Kind, state: RecurrentState<Kind>): tf.Tensor2D[] {
  return kind === "lstm" ? [state.hidden, (state as LSTMState).cell] : [state.hidden];
}

export function stateFromList<Kind extends RecurrentKind>(kind: Kind, tensors: tf.Tensor2D[]): RecurrentState<Kind> {
  const [hidden, cell] = tensors;
  return (kind === "lstm" ? { hidden, cell } : { hidden }) as RecurrentState<Kind>;
}
