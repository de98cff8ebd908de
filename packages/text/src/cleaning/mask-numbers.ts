import { checkText } from "../check-text.ts";

// Digits, also in groups that one point, comma or apostrophe parts; a digit inside a word is no number.
const NUMBER = /(?<![\p{L}\p{M}\p{N}_])\p{Nd}+(?:[.,'\u2019]\p{Nd}+)*(?![\p{L}\p{M}\p{N}_])/gu;

/**
 * A text with `mask` for every number: `It cost 1,024.50 in 1895` becomes `It cost <num> in <num>`. Signs and units stay,
 * and so does a number that is part of a word, as in `B2`.
 *
 * @param mask default `<num>`.
 * @throws TypeError when `text` or `mask` is not a string.
 */
export function maskNumbers(text: string, { mask = "<num>" }: { readonly mask?: string } = {}): string {
  checkText("maskNumbers", text);
  checkText("maskNumbers", mask, "mask");
  return text.replace(NUMBER, () => mask);
}
