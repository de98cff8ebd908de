/** A text and what to call it in a record. */
export interface Corpus {
  readonly name: string;
  readonly text: string;
}
