/** The UTF-16 code units of a text, and room for where its tokens lie: buffers that are used for one text after the other. */
export interface TextUnits {
  text: string;
  /** The first `text.length` are those of the text. */
  units: Uint16Array;
  /** Start and end of one token after the other. Has room for the most that a text can have. */
  bounds: Int32Array;
}

/** Finds the tokens of a text in its units, writes their bounds, and gives the number of tokens. */
export type UnitCutter = (source: TextUnits) => number;

export function textUnits(): TextUnits {
  return { text: "", units: new Uint16Array(0), bounds: new Int32Array(1) };
}

/** Puts a text in the place of the one before. */
export function readUnits(source: TextUnits, text: string): void {
  const { length } = text;
  if (length > source.units.length) {
    source.units = new Uint16Array(2 * length);
    source.bounds = new Int32Array(4 * length + 1); // a cutter may write one number past the end before it knows better
  }
  source.text = text;
  const { units } = source;
  for (let i = 0; i < length; i++) units[i] = text.charCodeAt(i);
}
