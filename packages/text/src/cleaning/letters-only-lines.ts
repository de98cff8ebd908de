import { checkText } from "../check-text.ts";
import { splitLines } from "../streams/split-lines.ts";

// As in `lettersOnly`, within lines.
const NOT_LETTERS = /[^A-Za-z \n\r][^A-Za-z\n\r]*| [^A-Za-z\n\r]+/g;

/** Many lines are cleaned at once, which is faster than one by one, but not all: beyond this engines slow down. */
const PART_LENGTH = 16_384;

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
  const lines: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOfLineFrom(text, start + PART_LENGTH);
    const cleaned = text.slice(start, end).replace(NOT_LETTERS, " ").toLowerCase();
    for (const line of splitLines(cleaned)) lines.push(line.trim());
    start = end;
  }
  return lines;
}

/** The first place from `position` on where the text can be cut in two without cutting a line. */
function endOfLineFrom(text: string, position: number): number {
  const feed = text.indexOf("\n", position);
  return feed < 0 ? text.length : feed + 1;
}
