/** What a {@link Stepper} gives for one step of every row. */
export interface StepResult<State> {
  /**
   * [B, V], flat and row by row: one score for each token of the vocabulary, of which the softmax is the model's
   * distribution over the next token. Any constant may be added to a row, so log-probabilities are valid logits.
   * Owned by the stepper and valid until its next step.
   */
  readonly logits: Float32Array;
  /** The new state; the caller owns it and hands it to `dispose`. */
  readonly state: State;
}

/**
 * All that a search needs to know of a model: how to read one token in each of B rows and score the next ones.
 *
 * A state holds B rows. Every state that `start`, `step` or `select` returns belongs to the caller, who disposes it once;
 * the state passed in is borrowed and stays valid.
 */
export interface Stepper<State> {
  /** V, the number of tokens that `logits` scores. */
  readonly vocabSize: number;
  /** The state of `batchSize` rows that have read nothing. */
  start(batchSize: number): State;
  /** Reads `tokens[b]` in row b. @param tokens [B], each an id from 0 to V - 1; borrowed. */
  step(tokens: Int32Array, state: State): StepResult<State> | Promise<StepResult<State>>;
  /** The state whose row b is row `rows[b]` of `state`; rows may repeat, vanish, or change in number. */
  select(state: State, rows: Int32Array): State;
  /** Frees what the state holds; it may not be used again. */
  dispose(state: State): void;
}
