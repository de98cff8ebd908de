/** A text and its UTF-16 code units, in a buffer that is used for one text after the other. */
export interface TextUnits {
  text: string;
  /** Those of the tokens that were found so far, each at its place in the text. */
  units: Uint16Array;
}

/** Finds the tokens of a text in one pass over its units, which it puts into the buffer, and hands over one after the other. */
export type UnitCutter = (source: TextUnits, found: FoundToken) => void;

/** Takes the place of a token in its text, and the hash of its units (`hashWith`). */
export type FoundToken = (start: number, end: number, hash: number) => void;

export function textUnits(): TextUnits {
  return { text: "", units: new Uint16Array(0) };
}

/** Puts a text in the place of the one before, and makes room for its units. */
export function replaceText(source: TextUnits, text: string): void {
  if (text.length > source.units.length) source.units = new Uint16Array(2 * text.length);
  source.text = text;
}
