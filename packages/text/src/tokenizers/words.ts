import { checkText } from "../check-text.ts";
import { checkTokens } from "./check-tokens.ts";
import { spansOfMatches } from "./spans-of-matches.ts";
import type { Tokenizer } from "./tokenizer.ts";

// What Python's str.split() splits at: Unicode's white space and the four separators of ASCII.
// oxlint-disable-next-line no-control-regex
const WORD = /[^\p{White_Space}\x1c-\x1f]+/gu;

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
  toJSON: () => ({ name: "words" }),
};
