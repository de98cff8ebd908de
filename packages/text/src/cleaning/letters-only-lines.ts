import { checkText } from "../check-text.ts";
import { lettersOnly } from "./letters-only.ts";

/**
 * The lines of a text with every run of anything but the letters A to Z turned into one space, trimmed and in lower
 * case: 26 letters and the space remain. Lines that had no letter stay, as empty strings.
 *
 * Joined by `""`, as d2l does for character models, the last word of a line is glued to the first of the next; join by
 * `" "` for words.
 *
 * @param text lines end in `\n`, `\r\n` or `\r`; the end of the last one is no line.
 * @throws TypeError when `text` is not a string.
 * @see d2l 0.17, `read_time_machine`.
 */
export function lettersOnlyLines(text: string): string[] {
  checkText("lettersOnlyLines", text);
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => lettersOnly(line).trim());
}
