/** What a {@link LogitsProcessor} may know of the sequence whose next token is being scored. */
export interface ProcessorContext {
  /** All ids so far: the prompt, then those generated. Borrowed, and valid only during the call. */
  readonly ids: Int32Array;
  /** How many of `ids` are the prompt. */
  readonly promptLength: number;
  /** The largest number of tokens to generate, the prompt not counted. */
  readonly maxLength: number;
  /** The ids that end a sequence. */
  readonly endTokens: ReadonlySet<number>;
  /** Which prompt of a batch this is; 0 where there is one. */
  readonly promptIndex: number;
  /** In a search by groups of beams, what the groups before this one chose at this step for this prompt; else empty. */
  readonly earlierGroupTokens: ArrayLike<number>;
}

/**
 * Changes the scores of the next token, in place, before one is chosen: -Infinity forbids a token, and `-Infinity`
 * everywhere is a contradiction that the search reports. Processors compose by being called one after the other.
 *
 * The scores are the model's logits in greedy search and sampling, and log-probabilities in beam search.
 *
 * @param scores [V], one row; changed.
 */
export type LogitsProcessor = (scores: Float32Array, context: ProcessorContext) => void;
