import { checkText } from "../check-text.ts";

/**
 * A text with `mask` for every decimal digit of every script: `1,024` becomes `0,000`, so that numbers of one shape are one
 * token.
 *
 * @param mask default `0`.
 * @throws TypeError when `text` or `mask` is not a string.
 */
export function maskDigits(text: string, { mask = "0" }: { readonly mask?: string } = {}): string {
  checkText("maskDigits", text);
  checkText("maskDigits", mask, "mask");
  return text.replace(/\p{Nd}/gu, () => mask);
}
