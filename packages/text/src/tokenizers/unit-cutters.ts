import { characters } from "./characters.ts";
import { isSpace } from "./is-space.ts";
import type { TextUnits, UnitCutter } from "./text-units.ts";
import type { Tokenizer } from "./tokenizer.ts";
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

function cutWords({ text, units, bounds }: TextUnits): number {
  let length = 0;
  let wasSpace = 1;
  for (let i = 0; i < text.length; i++) {
    const unit = units[i]!;
    const isSpaceNow = unit < 0x80 ? ASCII_SPACES[unit]! : Number(isSpace(unit));
    bounds[length] = i; // always written, and kept where a word begins or ends: where it does, no processor can guess
    length += isSpaceNow ^ wasSpace;
    wasSpace = isSpaceNow;
  }
  if (wasSpace === 0) bounds[length++] = text.length;
  return length / 2;
}

function cutCharacters({ text, units, bounds }: TextUnits): number {
  let length = 0;
  for (let i = 0; i < text.length;) {
    const isPair = (units[i]! & 0xfc00) === 0xd800 && i + 1 < text.length && (units[i + 1]! & 0xfc00) === 0xdc00;
    bounds[length++] = i;
    i += isPair ? 2 : 1;
    bounds[length++] = i;
  }
  return length / 2;
}
