import { checkText } from "../check-text.ts";

// Up to white space or a quotation mark. A parenthesis belongs to the address only with its partner, and punctuation at the
// end is that of the sentence.
const ADDRESS =
  /(?<![\p{L}\p{N}])(?:(?:https?|ftp):\/\/|www\.)(?:[^\s()<>"“”«»]|\([^\s()<>"]*\))*(?:\([^\s()<>"]*\)|[^\s()<>"“”«»'’.,;:!?\]}…])/giu;

/**
 * A text with `mask` for every address that begins with `http://`, `https://`, `ftp://` or `www.`, without the punctuation
 * that follows it.
 *
 * @param mask default `<url>`.
 * @throws TypeError when `text` or `mask` is not a string.
 */
export function maskUrls(text: string, { mask = "<url>" }: { readonly mask?: string } = {}): string {
  checkText("maskUrls", text);
  checkText("maskUrls", mask, "mask");
  return text.replace(ADDRESS, () => mask);
}
