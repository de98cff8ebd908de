import type { Weight } from "./weight.ts";

/**
 * The recurrent networks that weights are known of. `gru` applies its reset gate after the recurrent product, as PyTorch,
 * cuDNN and Keras do by default; `gru-reset-before` before it, as in the paper, in d2l and in `tf.layers`.
 */
export type RecurrentNetworkKind = "rnn-tanh" | "rnn-relu" | "gru" | "gru-reset-before" | "lstm";

/** The blocks of H rows in the weights of each kind. */
export const GATES: Readonly<Record<RecurrentNetworkKind, number>> = {
  "rnn-tanh": 1,
  "rnn-relu": 1,
  gru: 3,
  "gru-reset-before": 3,
  lstm: 4,
};

/**
 * One layer in one direction, in PyTorch's layout: G blocks of H rows, in the order r, z, n (reset, update, candidate) for
 * a GRU and i, f, g, o (input, forget, candidate, output) for an LSTM. P is the width of the output: H, or the projection's.
 */
export interface RecurrentDirection {
  /** [G·H, I] */
  readonly inputWeight: Weight;
  /** [G·H, P] */
  readonly recurrentWeight: Weight;
  /** [G·H]; absent: 0. */
  readonly inputBias?: Weight;
  /** [G·H]; absent: 0. Where there is one bias, it is the other one, but in the last block of a `gru` both count. */
  readonly recurrentBias?: Weight;
  /** [P, H], of an LSTM whose output is projected. */
  readonly projectionWeight?: Weight;
}

/** A layer, of one direction or of two, whose outputs lie beside one another, the forward one first. */
export interface RecurrentLayer {
  readonly forward: RecurrentDirection;
  readonly backward?: RecurrentDirection;
}

/** A stack of recurrent layers: the weights of any framework's, in one form. */
export interface RecurrentNetwork {
  readonly kind: RecurrentNetworkKind;
  /** Bottom first; each reads the outputs of the one below. */
  readonly layers: readonly RecurrentLayer[];
}

/** The rows of an embedding. */
export interface EmbeddingModule {
  readonly kind: "embedding";
  /** [V, E] */
  readonly weight: Weight;
}

/** y = W·x + b. */
export interface LinearModule {
  readonly kind: "linear";
  /** [outputs, inputs] */
  readonly weight: Weight;
  /** [outputs]; absent: 0. */
  readonly bias?: Weight;
}

/** A part of a model, told from the others by its `kind`. */
export type NetworkModule = RecurrentNetwork | EmbeddingModule | LinearModule;
