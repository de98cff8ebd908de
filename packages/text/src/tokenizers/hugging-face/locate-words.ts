import type { AlignedText } from "./align-normalized.ts";

/** The parts of a text, from the first, that a pre-tokenizer's words are; what lies between words was dropped. */
export function locateWords(
  { text, starts, ends }: AlignedText,
  words: readonly string[],
): ((from: number, to: number) => { start: number; end: number })[] {
  let at = 0;
  return words.map((word) => {
    const { from, numAdded } = findWord(text, word, at);
    at = Math.max(at, from + word.length - numAdded);
    return (pieceFrom, pieceTo) => {
      const first = from + Math.max(0, pieceFrom - numAdded);
      const last = Math.max(first, from + pieceTo - numAdded - 1); // what was added has the place of what follows
      const nowhere = ends.at(-1) ?? 0;
      return { start: starts[first] ?? nowhere, end: ends[last] ?? nowhere };
    };
  });
}

/** A word may begin with a mark of a space that the text does not have. */
function findWord(text: string, word: string, at: number): { from: number; numAdded: number } {
  const rest = word.slice(1);
  if (text.startsWith(word, at)) return { from: at, numAdded: 0 };
  if (rest !== "" && text.startsWith(rest, at)) return { from: at, numAdded: 1 };
  const found = text.indexOf(word, at);
  if (found >= 0) return { from: found, numAdded: 0 };
  const foundRest = rest === "" ? -1 : text.indexOf(rest, at);
  return { from: foundRest >= 0 ? foundRest : at, numAdded: 1 };
}
