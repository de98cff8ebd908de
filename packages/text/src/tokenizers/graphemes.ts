import { checkText } from "../check-text.ts";
import { checkTokens } from "./check-tokens.ts";
import { settledCharacters } from "./settled-characters.ts";
import { spansOfTiles } from "./spans-of-tiles.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * Cuts text into what a reader takes for a character: a letter with its accents, an emoji of several parts, `\r\n`. Lossless
 * for every string. Where the engine's Unicode is newer, new characters may be cut otherwise; use `characters` where a
 * model must read the same tokens on every engine.
 *
 * @see Unicode Standard Annex 29, extended grapheme clusters; `Intl.Segmenter`.
 */
export const graphemes: Tokenizer = {
  name: "graphemes",
  isLossless: true,
  encode(text) {
    checkText("graphemes.encode", text);
    return Array.from(segmenter().segment(text), ({ segment }) => segment);
  },
  encodeWithOffsets(text) {
    checkText("graphemes.encodeWithOffsets", text);
    return spansOfTiles(graphemes.encode(text));
  },
  decode(tokens) {
    checkTokens("graphemes.decode", tokens);
    return tokens.join("");
  },
  settledEnd(text) {
    const whole = text.slice(0, settledCharacters(text));
    const last = segmenter()
      .segment(whole)
      .containing(whole.length - 1);
    return last?.index ?? 0; // the last one may go on
  },
  toJSON: () => ({ name: "graphemes" }),
};

let shared: Intl.Segmenter | undefined;

/** Made when first used: it costs memory, and not every engine has it. The locale fixes what the user's would choose. */
function segmenter(): Intl.Segmenter {
  return (shared ??= new Intl.Segmenter("en", { granularity: "grapheme" }));
}
