import { checkText } from "../check-text.ts";

// Lower-case letters of Cherokee were added late: they fold to the upper-case ones.
const LATE_CHEROKEE = /[\u13f8-\u13fd\uab70-\uabbf]/g;

/**
 * A text without distinctions of case, to compare and count by; stronger than lower case: `ß` and `ẞ` become `ss`, a final
 * sigma an ordinary one. The same as Python's `str.casefold`; no language's own rules, as of the Turkish i.
 *
 * @throws TypeError when `text` is not a string.
 * @see The Unicode Standard, section 3.13, full default case folding.
 */
export function foldCase(text: string): string {
  checkText("foldCase", text);
  // The dotless i stands for itself, though its upper case is that of i.
  return text.replace(/[^ı]+/g, (part) =>
    part
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replaceAll("ς", "σ")
      .replace(LATE_CHEROKEE, (letter) => letter.toUpperCase()),
  );
}
