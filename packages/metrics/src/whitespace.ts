/**
 * The whitespace of Python's `str.isspace`, to stand in a character class of a regular expression; JavaScript's `\s` lacks
 * U+001C to U+001F and U+0085, and has U+FEFF.
 */
export const WHITESPACE = String.raw`\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;

const whitespace = new RegExp(`[${WHITESPACE}]`);
const words = new RegExp(`[^${WHITESPACE}]+`, "g");

/** The words between runs of whitespace, as Python's `str.split()`: never an empty one. */
export function splitWhitespace(text: string): string[] {
  return text.match(words) ?? [];
}

/** The text without the whitespace at its end, as Python's `str.rstrip()`. */
export function trimEndWhitespace(text: string): string {
  let end = text.length;
  while (end > 0 && whitespace.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** The text without the whitespace at both ends, as Python's `str.strip()`. */
export function trimWhitespace(text: string): string {
  let start = 0;
  while (start < text.length && whitespace.test(text[start]!)) start++;
  return trimEndWhitespace(text.slice(start));
}
