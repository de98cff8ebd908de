import { words } from "../tokenizers/words.ts";
import { checkText } from "../check-text.ts";

/**
 * A text with every run of white space, line ends and no-break spaces included, turned into one space, and none around:
 * Python's `" ".join(text.split())`.
 *
 * @throws TypeError when `text` is not a string.
 */
export function collapseWhitespace(text: string): string {
  checkText("collapseWhitespace", text);
  return words.decode(words.encode(text));
}
