/** What a model gave for the R rows of one search. */
export interface RowOutputs {
  /** [R, V], flat and row by row. */
  readonly logits: Float32Array;
  /** [R, S], flat and row by row, where the stepper reports it. */
  readonly attention: Float32Array | undefined;
}

/** What a search reads next: `tokens[i]` in a row that goes on from row `rows[i]` of the R it had. */
export interface NextRows {
  readonly rows: ArrayLike<number>;
  readonly tokens: ArrayLike<number>;
}

/** The decoding of one prompt, from the logits after it to a result; whoever has the model moves it on. */
export interface Search<Result> {
  /** What is read before the first `advance`, in one row. */
  readonly prompt: Int32Array;
  /** @returns `undefined` when the search is done. */
  advance(outputs: RowOutputs): NextRows | undefined;
  result(): Result;
}
