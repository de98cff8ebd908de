import { WHITESPACE } from "./whitespace.ts";

const characters = new RegExp(`[^${WHITESPACE}]`, "gu");

/** Every character, a code point and not a grapheme, but whitespace: sacreBLEU's `char`. */
export function tokenizeCharacters(text: string): string[] {
  return text.match(characters) ?? [];
}
