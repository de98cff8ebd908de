import { checkText } from "../check-text.ts";

/**
 * A text with ordinary spaces for the no-break ones: U+00A0, and U+202F, which French sets before `?`, `!` and `;`.
 *
 * @throws TypeError when `text` is not a string.
 */
export function replaceNoBreakSpaces(text: string): string {
  checkText("replaceNoBreakSpaces", text);
  return text.replace(/[\u00a0\u202f]/g, " ");
}
