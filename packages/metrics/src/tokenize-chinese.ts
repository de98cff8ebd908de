import { splitPunctuation } from "./split-punctuation.ts";
import { trimWhitespace } from "./whitespace.ts";

/**
 * As sacreBLEU has them. Two of its ranges beyond the first plane are misspelt there, "\u20000" to "\u2a6d6" and "\u2f800"
 * to "\u2fa1d", so that Python reads U+2001 to U+2A6D (quotation marks, arrows, mathematics) and U+2F81 to U+2FA1; the rare
 * characters that were meant stay together. Scores are to be equal, so the ranges are kept.
 */
const chinese =
  /[\u2001-\u2a6d\u2e80-\u2fdf\u2ff0-\u303f\u3100-\u312f\u31a0-\u31bf\u31c0-\u31ef\u3200-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]/g;

/**
 * The tokens of sacreBLEU's `zh`: Chinese characters, full-width forms and CJK punctuation each for itself, the rest by the
 * rules of mteval.
 */
export function tokenizeChinese(text: string): string[] {
  return splitPunctuation(trimWhitespace(text).replace(chinese, " $& "));
}
