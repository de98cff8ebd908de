import { checkText } from "../check-text.ts";
import { checkTokens } from "./check-tokens.ts";
import { type KeptParts, spansOfMatches } from "./spans-of-matches.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** What becomes of a text that a pattern cuts. */
export interface RegexTokenizerOptions {
  /** `matches` of the pattern are the tokens (the default), the `gaps` between them are, or both, which is lossless. */
  readonly keep?: KeptParts;
  /** What `decode` joins by where something was dropped; default one space. */
  readonly separator?: string;
}

/**
 * The tokenizer that a regular expression defines, as `/\p{L}+|\p{N}+|[^\p{L}\p{N}\s]/u` does for words, numbers and single
 * punctuation marks. Empty matches and gaps are no tokens.
 *
 * @param pattern its source and flags are remembered; `g` and `y` change nothing.
 * @throws TypeError when `pattern` is no regular expression or `separator` no string; RangeError when `keep` is none of the
 *   three.
 */
export function regexTokenizer(
  pattern: RegExp,
  { keep = "matches", separator = " " }: RegexTokenizerOptions = {},
): Tokenizer {
  if (!(pattern instanceof RegExp)) {
    throw new TypeError(`regexTokenizer: pattern must be a regular expression, got ${typeof pattern}`);
  }
  if (!["matches", "gaps", "both"].includes(keep)) {
    throw new RangeError(`regexTokenizer: keep must be matches, gaps or both, got ${String(keep)}`);
  }
  checkText("regexTokenizer", separator, "separator");
  const flags = pattern.flags.replace(/[gy]/g, "");
  const global = new RegExp(pattern.source, `${flags}g`);
  const glue = keep === "both" ? "" : separator;
  return {
    name: "regex",
    isLossless: keep === "both",
    encode(text) {
      checkText("regexTokenizer.encode", text);
      if (keep === "matches") return (text.match(global) ?? []).filter((token) => token !== "");
      return spansOfMatches(text, global, keep).map(({ token }) => token);
    },
    encodeWithOffsets(text) {
      checkText("regexTokenizer.encodeWithOffsets", text);
      return spansOfMatches(text, global, keep);
    },
    decode(tokens) {
      checkTokens("regexTokenizer.decode", tokens);
      return tokens.join(glue);
    },
    toJSON: () => ({ name: "regex", pattern: pattern.source, flags, keep, separator }),
  };
}
