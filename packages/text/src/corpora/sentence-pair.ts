/** A text in two languages. */
export interface SentencePair {
  readonly source: string;
  readonly target: string;
}
