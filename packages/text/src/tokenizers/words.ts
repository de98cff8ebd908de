import { checkText } from "../check-text.ts";
import { checkTokens } from "./check-tokens.ts";
import { isSpace } from "./is-space.ts";
import { pythonRegex } from "./python-regex.ts";
import { spansOfMatches } from "./spans-of-matches.ts";
import type { Tokenizer } from "./tokenizer.ts";

const WORD = pythonRegex("\\S+");

/**
 * Cuts text at white space, as Python's `str.split()`: punctuation stays with its word. Words are joined by one space,
 * so line breaks and runs of spaces are lost.
 */
export const words: Tokenizer = {
  name: "words",
  isLossless: false,
  encode(text) {
    checkText("words.encode", text);
    return text.match(WORD) ?? [];
  },
  encodeWithOffsets(text) {
    checkText("words.encodeWithOffsets", text);
    return spansOfMatches(text, WORD);
  },
  decode(tokens) {
    checkTokens("words.decode", tokens);
    return tokens.join(" ");
  },
  settledEnd(text) {
    let end = text.length;
    while (end > 0 && !isSpace(text.charCodeAt(end - 1))) end--;
    return end;
  },
  toJSON: () => ({ name: "words" }),
};
