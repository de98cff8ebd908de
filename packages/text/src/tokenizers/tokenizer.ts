import type { TokenizerJSON } from "./tokenizer-json.ts";

/** A token and where its text lies: `source.slice(start, end)`. */
export interface TokenSpan {
  readonly token: string;
  /** In UTF-16 code units of the source, as all of JavaScript counts. */
  readonly start: number;
  /** Behind the last code unit. */
  readonly end: number;
}

/** Cuts text into tokens and joins tokens to text. The ids of tokens are a vocabulary's. */
export interface Tokenizer {
  /** The name under which a saved vocabulary remembers its tokenizer, for instance `characters`. */
  readonly name: string;
  /** Whether `decode(encode(text))` is `text`, for every text. Spans then cover the text. */
  readonly isLossless: boolean;
  /** The tokens of a text, in its order. @throws TypeError when `text` is not a string. */
  encode(text: string): string[];
  /** The same tokens, each with its place in the text. @throws TypeError when `text` is not a string. */
  encodeWithOffsets(text: string): TokenSpan[];
  /** The text of tokens. @param tokens borrowed. @throws TypeError when `tokens` is not an array of strings. */
  decode(tokens: readonly string[]): string;
  /**
   * For streams: how long a beginning of `text` can be encoded by itself, whatever follows the text. With `end` for the result
   * and for every `more`, `encode(text + more)` is `encode(text.slice(0, end))` and then `encode(text.slice(end) + more)`.
   * Absent where a token may depend on all of a text: a stream is then encoded line by line.
   */
  settledEnd?(text: string): number;
  /** What `tokenizerFromJSON` makes the tokenizer from again. */
  toJSON(): TokenizerJSON;
}
