import { checkText } from "./check-text.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * Cuts text into code points: an accent that is written as a code point of its own, or the parts of a joined emoji, are
 * tokens of their own. Lossless for every string, since half of a surrogate pair that stands alone is a token too.
 */
export const characters: Tokenizer = {
  name: "characters",
  isLossless: true,
  tokenize(text) {
    checkText("characters.tokenize", text);
    return Array.from(text);
  },
  detokenize: (tokens) => tokens.join(""),
};
