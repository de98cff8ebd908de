/** Two symbols, strings of characters, that become one. The last symbol of a word ends in {@link END_OF_WORD}. */
export type BPEMerge = readonly [left: string, right: string];

export const END_OF_WORD = "</w>";

/** The symbols that a word is before any merge: its code points, of which the last is marked. */
export function initialSymbols(word: string): string[] {
  const symbols = Array.from(word);
  symbols.push(symbols.pop() + END_OF_WORD);
  return symbols;
}
