/** What a {@link Stepper} gives for one step of every row. */
export interface StepResult<State> {
  /**
   * [B, V], flat and row by row: one score for each token of the vocabulary, of which the softmax is the model's
   * distribution over the next token. Any constant may be added to a row, so log-probabilities are valid logits, and
   * -Infinity marks an impossible token. The caller's to keep: no later step changes it.
   */
  readonly logits: Float32Array;
  /**
   * [B, S], flat and row by row: how much of its attention row b paid to each of S source positions while it made these
   * logits, NaN at a position that the row's source does not have. Optional: only a coverage penalty asks for it.
   */
  readonly attention?: Float32Array;
  /** The new state; the caller owns it and hands it to `dispose`. */
  readonly state: State;
}

/**
 * All that a search needs to know of a model: how to read one token in each of B rows and score the next ones.
 *
 * A state holds B rows. Every state that `start`, `step` or `select` returns belongs to the caller, who disposes it once;
 * the state passed in is borrowed and stays valid, also when the call throws. Rows never influence each other.
 * `stepperContract` of `@rnnkit/testing` checks all that is said here.
 */
export interface Stepper<State> {
  /** V, the number of tokens that `logits` scores. */
  readonly vocabSize: number;
  /** The state of `batchSize` rows that have read nothing. @throws RangeError unless a positive integer. */
  start(batchSize: number): State;
  /**
   * Reads `tokens[b]` in row b.
   *
   * @param tokens [B], each an id from 0 to V - 1; borrowed.
   * @throws RangeError, or rejects with it, for any other id or number of tokens.
   */
  step(tokens: Int32Array, state: State): StepResult<State> | Promise<StepResult<State>>;
  /**
   * The state whose row i is row `rows[i]` of `state`; rows may repeat, vanish, or change in number. Where the rows stay
   * as they are, nothing need be copied.
   *
   * @param rows at least one, each from 0 to B - 1; borrowed.
   * @throws RangeError for any other row.
   */
  select(state: State, rows: Int32Array): State;
  /** Frees what the state holds; it may not be used again. */
  dispose(state: State): void;
}
