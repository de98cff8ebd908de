import type * as tf from "@tensorflow/tfjs";

/** The recurrent networks: Elman's with tanh or relu, the gated recurrent unit, and long short-term memory. */
export type RecurrentKind = "rnn-tanh" | "rnn-relu" | "gru" | "lstm";

/** G, the number of blocks of H rows in the weights: gates and candidates, in PyTorch's order. */
export const NUM_GATES: Readonly<Record<RecurrentKind, number>> = { "rnn-tanh": 1, "rnn-relu": 1, gru: 3, lstm: 4 };

/** How many tensors [B, H] a state has. */
export const NUM_STATES: Readonly<Record<RecurrentKind, number>> = { "rnn-tanh": 1, "rnn-relu": 1, gru: 1, lstm: 2 };

// Type aliases, not interfaces: TensorFlow.js's containers want an index signature, which only aliases have by themselves.

/** The state of an RNN or a GRU. */
export type HiddenState = {
  /** [B, H] */
  readonly hidden: tf.Tensor2D;
};

/** The state of an LSTM. */
export type LSTMState = HiddenState & {
  /** [B, H] */
  readonly cell: tf.Tensor2D;
};

export type RecurrentState<Kind extends RecurrentKind> = Kind extends "lstm" ? LSTMState : HiddenState;

/**
 * The parameters of one layer in PyTorch's layout: G blocks of H rows, in the order i, f, g, o for an LSTM (input, forget,
 * candidate, output) and r, z, n for a GRU (reset, update, candidate).
 */
export interface RecurrentWeights {
  /** [G·H, I]; PyTorch's `weight_ih`. */
  readonly inputWeight: tf.Tensor2D;
  /** [G·H, H]; PyTorch's `weight_hh`. */
  readonly recurrentWeight: tf.Tensor2D;
  /** [G·H]; PyTorch's `bias_ih`. Default 0. */
  readonly inputBias?: tf.Tensor1D | undefined;
  /** [G·H]; PyTorch's `bias_hh`. Default 0. In a GRU its last block stands inside the product with the reset gate. */
  readonly recurrentBias?: tf.Tensor1D | undefined;
}
