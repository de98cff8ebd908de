/** What stands behind a `DecodingState`: rows of a state in the form of a backend, stepped without a gradient. Ids and rows are checked. */
export interface DecodingRows {
  /** @returns logits [B, V], the caller's to keep, and new rows; these ones stay as they are, also when it throws. */
  step(tokens: Int32Array): DecodingResult<DecodingRows> | Promise<DecodingResult<DecodingRows>>;
  select(rows: Int32Array): DecodingRows;
  /** Called once. */
  dispose(): void;
}

export interface DecodingResult<State> {
  /** [B, V], flat and row by row. */
  readonly logits: Float32Array;
  readonly state: State;
}
