import { checkText } from "../check-text.ts";
import { isSpace } from "../tokenizers/is-space.ts";
import { words } from "../tokenizers/words.ts";
import type { NumberList } from "./number-list.ts";
import { packedTokens, type PackedTokens, packUnit, padBlock } from "./packed-tokens.ts";
import type { TokenIndex } from "./token-index.ts";

/** A text is packed in parts of so many code units: what belongs to one stays in the cache. */
const PART_LENGTH = 2048;

/** Lists the place of each word of texts. A string is made of a word only when it is new. */
export function placeWords(texts: Iterable<string>, index: TokenIndex, list: NumberList): void {
  const packed = packedTokens(PART_LENGTH);
  for (const text of texts) {
    checkText(`${words.name}.encode`, text);
    for (let start = 0; start < text.length;) {
      const next = packWords(text, start, Math.min(start + PART_LENGTH, text.length), packed);
      if (next > start) {
        list.reserve(packed.numTokens);
        index.placePacked(packed, text, list.part, list.used);
        list.used += packed.numTokens;
        start = next;
      } else {
        const end = endOfWord(text, start + PART_LENGTH);
        list.reserve(1);
        list.part[list.used++] = index.place(text.slice(start, end));
        start = end;
      }
    }
  }
}

/** The end of the word that goes on at `position`. */
function endOfWord(text: string, position: number): number {
  let end = position;
  while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
  return end;
}

/**
 * Packs the words of a text between `start` and `end` in one pass over its code units, but not one that may go on behind
 * `end`.
 *
 * @returns where to go on: at `end`, or where the word begins that was left out; `start` where that is all.
 */
function packWords(text: string, start: number, end: number, packed: PackedTokens): number {
  const { bytes, blockEnds, textStarts, textEnds } = packed;
  let numTokens = 0;
  let wordStart = start;
  let at = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x20 && unit < 0x80) {
      bytes[at++] = unit;
    } else if (!isSpace(unit)) {
      at = packUnit(bytes, at, unit);
    } else {
      if (i > wordStart) {
        const block = padBlock(bytes, at);
        at = 4 * block;
        blockEnds[numTokens] = block;
        textStarts[numTokens] = wordStart;
        textEnds[numTokens++] = i;
      }
      wordStart = i + 1;
    }
  }
  if (end === text.length && wordStart < end) {
    blockEnds[numTokens] = padBlock(bytes, at);
    textStarts[numTokens] = wordStart;
    textEnds[numTokens++] = end;
    wordStart = end;
  }
  packed.numTokens = numTokens;
  return wordStart;
}
