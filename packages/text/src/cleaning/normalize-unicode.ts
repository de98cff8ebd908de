import { checkText } from "../check-text.ts";

/** The normal forms of Unicode: C composes, D decomposes, K also replaces compatibility characters. */
export type UnicodeForm = "NFC" | "NFD" | "NFKC" | "NFKD";

const FORMS: readonly string[] = ["NFC", "NFD", "NFKC", "NFKD"] satisfies UnicodeForm[];

/**
 * A text in a normal form of Unicode, so that what looks the same is the same. NFC, the default, keeps every distinction
 * that one can see; NFKC also makes ligatures, full-width letters, superscripts and no-break spaces plain.
 *
 * @throws TypeError when `text` is not a string.
 * @throws RangeError when `form` is none of the four.
 * @see Unicode Standard Annex 15.
 */
export function normalizeUnicode(text: string, { form = "NFC" }: { readonly form?: UnicodeForm } = {}): string {
  checkText("normalizeUnicode", text);
  if (!FORMS.includes(form)) {
    throw new RangeError(`normalizeUnicode: form must be one of ${FORMS.join(", ")}, got ${String(form)}`);
  }
  return text.normalize(form);
}
