import { checkText } from "../check-text.ts";

// But one space alone, which stays as it is: to replace each by itself would take longer than all the rest.
const NOT_LETTERS = /[^A-Za-z ][^A-Za-z]*| [^A-Za-z]+/g;

/**
 * A text with every run of anything but the letters A to Z turned into one space, in lower case: 26 letters and the space
 * remain. Line ends become spaces too, and nothing is trimmed.
 *
 * @throws TypeError when `text` is not a string.
 * @see d2l 1.0, `TimeMachine._preprocess`; `lettersOnlyLines` is the form of 0.17.
 */
export function lettersOnly(text: string): string {
  checkText("lettersOnly", text);
  return text.replace(NOT_LETTERS, " ").toLowerCase();
}
