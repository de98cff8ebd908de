import { checkText } from "../check-text.ts";
import { type PlatformUtf8, platformUtf8 } from "../streams/platform-utf8.ts";
import { splitLines } from "../streams/split-lines.ts";

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
  const clean = platformUtf8 ? byteCleaner(platformUtf8) : cleanedByPattern;
  const lines: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOfLineFrom(text, start + PART_LENGTH);
    for (const line of clean(text.slice(start, end))) lines.push(line);
    start = end;
  }
  return lines;
}

/** The first place from `position` on where the text can be cut in two without cutting a line. */
function endOfLineFrom(text: string, position: number): number {
  const feed = text.indexOf("\n", position);
  return feed < 0 ? text.length : feed + 1;
}

// As in `lettersOnly`, within lines.
const NOT_LETTERS = /[^A-Za-z \n\r][^A-Za-z\n\r]*| [^A-Za-z\n\r]+/g;

function cleanedByPattern(part: string): string[] {
  return splitLines(part.replace(NOT_LETTERS, " ").toLowerCase()).map((line) => line.trim());
}

const [SPACE, FEED, RETURN] = [0x20, 0x0a, 0x0d];

/** What becomes of a byte: a letter its lower case, a line end `FEED`, any other, also all of a longer character, 0. */
const CLEANED = Uint8Array.from({ length: 0x100 }, (_, byte) =>
  byte === FEED || byte === RETURN ? FEED : /[A-Za-z]/.test(String.fromCharCode(byte)) ? byte | 0x20 : 0,
);

/** The same over the bytes of UTF-8. */
function byteCleaner(utf8: PlatformUtf8): (part: string) => string[] {
  let bytes = new Uint8Array(0);
  return (part) => {
    if (3 * part.length >= bytes.length) bytes = new Uint8Array(4 * part.length + 1);
    let numBytes = utf8.encodeInto(part, bytes);
    const last = bytes[numBytes - 1]!;
    if (last !== FEED && last !== RETURN) bytes[numBytes++] = FEED;
    return utf8.decode(bytes.subarray(0, cleanLines(bytes, numBytes))).split("\n");
  };
}

/** Cleans lines in their place, where they take no more room, and says how much, without the last line end. */
function cleanLines(bytes: Uint8Array, numBytes: number): number {
  let length = 0;
  let lineStart = 0;
  let isGap = false;
  let previous = 0;
  for (let i = 0; i < numBytes; i++) {
    const byte = bytes[i]!;
    const cleaned = CLEANED[byte]!;
    if (cleaned > FEED) {
      if (isGap && length > lineStart) bytes[length++] = SPACE;
      bytes[length++] = cleaned;
      isGap = false;
    } else if (cleaned !== FEED) {
      isGap = true;
    } else if (byte !== FEED || previous !== RETURN) {
      bytes[length++] = FEED;
      lineStart = length;
      isGap = false;
    }
    previous = byte;
  }
  return length - 1;
}
