import { checkText } from "../check-text.ts";
import { replaceNoBreakSpaces } from "./replace-no-break-spaces.ts";

/**
 * A text as d2l prepares pairs of sentences: ordinary spaces for no-break ones, lower case, and a space before each `,`,
 * `.`, `!` and `?` that has none, so that a cut at spaces makes them tokens.
 *
 * @throws TypeError when `text` is not a string.
 * @see d2l 0.17, `preprocess_nmt`; d2l 1.0, `MTFraEng._preprocess`.
 */
export function d2lTranslationText(text: string): string {
  checkText("d2lTranslationText", text);
  return replaceNoBreakSpaces(text)
    .toLowerCase()
    .replace(/(?<=[^ ])[,.!?]/g, " $&");
}
