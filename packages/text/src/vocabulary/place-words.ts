import { checkText } from "../check-text.ts";
import { unitReader } from "../streams/unit-reader.ts";
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
  const read = unitReader(PART_LENGTH);
  for (const text of texts) {
    checkText(`${words.name}.encode`, text);
    for (let start = 0; start < text.length;) {
      const part = text.slice(start, start + PART_LENGTH);
      const isLast = start + part.length === text.length;
      const numUnits = packWords(read(part), part.length, { isLast, packed });
      if (numUnits > 0) {
        list.reserve(packed.numTokens);
        index.placePacked(packed, part, list.part, list.used);
        list.used += packed.numTokens;
        start += numUnits;
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
 * Packs the words of the first `length` units in one pass, but not one at their end, which may go on, unless the part is the last.
 *
 * @returns how many units were dealt with, 0 where one word takes all.
 */
function packWords(
  units: Uint8Array | Uint16Array,
  length: number,
  { isLast, packed }: { readonly isLast: boolean; readonly packed: PackedTokens },
): number {
  const { bytes, blockEnds, textStarts, textEnds } = packed;
  let numTokens = 0;
  let wordStart = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
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
  if (isLast && wordStart < length) {
    blockEnds[numTokens] = padBlock(bytes, at);
    textStarts[numTokens] = wordStart;
    textEnds[numTokens++] = length;
    wordStart = length;
  }
  packed.numTokens = numTokens;
  return wordStart;
}
