import * as tf from "@tensorflow/tfjs";
import { NUM_STATES, type LSTMState, type RecurrentKind, type RecurrentState } from "./recurrent-kind.ts";

/** The tensors of a state in the order of the equations: the hidden state first. */
export function stateToList<Kind extends RecurrentKind>(kind: Kind, state: RecurrentState<Kind>): tf.Tensor2D[] {
  return kind === "lstm" ? [state.hidden, (state as LSTMState).cell] : [state.hidden];
}

/** The state before any step: zeros, owned by the caller. */
export function zeroStateList(
  kind: RecurrentKind,
  { batchSize, hiddenSize }: { readonly batchSize: number; readonly hiddenSize: number },
): tf.Tensor2D[] {
  return Array.from({ length: NUM_STATES[kind] }, () => tf.zeros([batchSize, hiddenSize]));
}

export function stateFromList<Kind extends RecurrentKind>(kind: Kind, tensors: tf.Tensor2D[]): RecurrentState<Kind> {
  const [hidden, cell] = tensors;
  return (kind === "lstm" ? { hidden, cell } : { hidden }) as RecurrentState<Kind>;
}
