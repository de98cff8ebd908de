import { checkText } from "../check-text.ts";
import { checkTokens } from "./check-tokens.ts";
import { spansOfTiles } from "./spans-of-tiles.ts";
import { settledCharacters } from "./settled-characters.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * Cuts text into code points: an accent that is written as a code point of its own, or the parts of a joined emoji, are
 * tokens of their own. Lossless for every string, since half of a surrogate pair that stands alone is a token too.
 */
export const characters: Tokenizer = {
  name: "characters",
  isLossless: true,
  encode(text) {
    checkText("characters.encode", text);
    return Array.from(text);
  },
  encodeWithOffsets(text) {
    checkText("characters.encodeWithOffsets", text);
    return spansOfTiles(Array.from(text));
  },
  decode(tokens) {
    checkTokens("characters.decode", tokens);
    return tokens.join("");
  },
  settledEnd: settledCharacters,
  toJSON: () => ({ name: "characters" }),
};
