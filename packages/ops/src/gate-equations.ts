import type * as tf from "@tensorflow/tfjs";
import { gruEquations } from "./gru-equations.ts";
import { lstmEquations } from "./lstm-equations.ts";
import type { RecurrentKind } from "./recurrent-kind.ts";
import { rnnReluEquations, rnnTanhEquations } from "./rnn-equations.ts";

/**
 * What distinguishes one kind of recurrent net from another: how a step goes from the two projections and the old state to
 * the new state, and back. A state is a list of [B, H] tensors, the hidden state first.
 */
export interface GateEquations {
  /**
   * @param input [B, G·H], the input times its weight, plus its bias.
   * @param recurrent [B, G·H], the hidden state times its weight, plus its bias.
   * @returns the new state, and what `backward` needs to know of the step.
   */
  readonly forward: (input: tf.Tensor, recurrent: tf.Tensor, state: tf.Tensor[]) => GateStep;
  /**
   * @param stateGradient of the new state.
   * @param saved what `forward` saved.
   * @param state the old state.
   */
  readonly backward: (stateGradient: tf.Tensor[], saved: tf.Tensor[], state: tf.Tensor[]) => GateGradient;
  /** How many tensors `forward` saves. */
  readonly numSaved: number;
  /** Whether the two projections matter by their sum alone, so that their gradients are one tensor. */
  readonly isAdditive: boolean;
}

export type GateStep = {
  readonly state: tf.Tensor[];
  readonly saved: tf.Tensor[];
};

export interface GateGradient {
  /** [B, G·H] */
  readonly input: tf.Tensor;
  /** [B, G·H]; the tensor `input` itself when the equations are additive. */
  readonly recurrent: tf.Tensor;
  /** Of the old state, without the part that goes through the recurrent projection; `null` for no such part. */
  readonly state: (tf.Tensor | null)[];
}

export const GATE_EQUATIONS: Readonly<Record<RecurrentKind, GateEquations>> = {
  "rnn-tanh": rnnTanhEquations,
  "rnn-relu": rnnReluEquations,
  gru: gruEquations,
  lstm: lstmEquations,
};
