import { checkText } from "../check-text.ts";
import { checkTokens } from "./check-tokens.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { joinTreebankTokens } from "./join-treebank-tokens.ts";
import { splitTreebankTokens } from "./split-treebank-tokens.ts";
import { words } from "./words.ts";

/**
 * Cuts English as the Penn Treebank does: punctuation apart, `don't` into `do` and `n't`, `"` as `` `` `` or `''`; a period is
 * apart only at the end, so give it a sentence at a time. `decode` undoes that, with single spaces, which restores ordinary
 * text but not every text.
 *
 * @see NLTK, `TreebankWordTokenizer` and `TreebankWordDetokenizer`, whose tokens and texts these are.
 */
export const treebank: Tokenizer = {
  name: "treebank",
  isLossless: false,
  encode(text) {
    checkText("treebank.encode", text);
    return splitTreebankTokens(text);
  },
  encodeWithOffsets(text) {
    checkText("treebank.encodeWithOffsets", text);
    // Between tokens lies nothing but white space, and only a double quotation mark is written otherwise than in the text.
    const parts = words.encodeWithOffsets(text);
    let part = 0;
    let start = 0;
    return splitTreebankTokens(text).map((token) => {
      while (start >= parts[part]!.end) part++;
      start = Math.max(start, parts[part]!.start);
      const end = start + (text[start] === '"' ? 1 : token.length);
      const span = { token, start, end };
      start = end;
      return span;
    });
  },
  decode(tokens) {
    checkTokens("treebank.decode", tokens);
    return joinTreebankTokens(tokens);
  },
  toJSON: () => ({ name: "treebank" }),
};
