/** Cuts text into tokens and joins tokens to text. */
export interface Tokenizer {
  /** The name under which a saved vocabulary remembers its tokenizer, for instance `characters`. */
  readonly name: string;
  /** Whether `detokenize(tokenize(text))` is `text`, for every text. */
  readonly isLossless: boolean;
  /** @throws TypeError when `text` is not a string. */
  tokenize(text: string): string[];
  /** @param tokens borrowed. */
  detokenize(tokens: readonly string[]): string;
}
