import { characters } from "./characters.ts";
import { isSpace } from "./is-space.ts";
import type { FoundToken, TextUnits, UnitCutter } from "./text-units.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { EMPTY_HASH, hashWith } from "./unit-hash.ts";
import { words } from "./words.ts";

const ASCII_SPACES = Uint8Array.from({ length: 0x80 }, (_, unit) => Number(isSpace(unit)));

/** How the commonest tokenizers find their tokens without making a string of each; others have no such cutter. */
const UNIT_CUTTERS: ReadonlyMap<Tokenizer, UnitCutter> = new Map([
  [words, cutWords],
  [characters, cutCharacters],
]);

export function unitCutterOf(tokenizer: Tokenizer): UnitCutter | undefined {
  return UNIT_CUTTERS.get(tokenizer);
}

function cutWords({ text, units }: TextUnits, found: FoundToken): void {
  const { length } = text;
  let start = 0;
  let hash = EMPTY_HASH;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80 ? ASCII_SPACES[unit] === 1 : isSpace(unit)) {
      if (i > start) found(start, i, hash);
      start = i + 1;
      hash = EMPTY_HASH;
    } else {
      units[i] = unit;
      hash = hashWith(hash, unit);
    }
  }
  if (length > start) found(start, length, hash);
}

function cutCharacters({ text, units }: TextUnits, found: FoundToken): void {
  const { length } = text;
  for (let start = 0; start < length;) {
    let end = start + 1;
    const unit = (units[start] = text.charCodeAt(start));
    let hash = hashWith(EMPTY_HASH, unit);
    if ((unit & 0xfc00) === 0xd800 && end < length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) {
      hash = hashWith(hash, (units[end] = text.charCodeAt(end)));
      end++;
    }
    found(start, end, hash);
    start = end;
  }
}
