import type { Vocabulary } from "./vocabulary.ts";
import { vocabularyFromList } from "./vocabulary-from-list.ts";

// What would end a column or a line, what UTF-8 cannot hold, and what makes a program take a text for none.
const UNSAFE = /[\\\p{Cc}\p{Cs}\ufeff]/gu;
const ESCAPE = /\\(\\|n|r|t|u[0-9a-f]{4}|)/g;
const LETTERS: Readonly<Record<string, string>> = { "\\": "\\", "\n": "n", "\r": "r", "\t": "t" };
const FREQUENCY = /^(0|[1-9][0-9]{0,15})$/;

/**
 * A vocabulary as a plain text that people and other programs can read: a line for each id in their order, with the token, a
 * tab, its frequency and, of the unknown and the reserved ones, a tab and `unknown` or `reserved`. In tokens a backslash is
 * written `\\`, line breaks and tabs `\n` `\r` `\t`, other control characters, halves of surrogate pairs and byte order marks
 * `\u` with four hexadecimal digits; so every token survives. Lines end in `\n`, also the last.
 */
export function vocabularyToText({ tokens, frequencies, reserved, unknownId }: Vocabulary): string {
  const isReserved = new Set(reserved);
  return tokens
    .map((token, id) => {
      const part = id === unknownId ? "\tunknown" : isReserved.has(token) ? "\treserved" : "";
      return `${token.replace(UNSAFE, escaped)}\t${frequencies[id]}${part}\n`;
    })
    .join("");
}

/**
 * Rebuilds what `vocabularyToText` wrote, exactly.
 *
 * @param text lines may also end in `\r\n`, and the last need not end.
 * @throws RangeError when it is damaged; the message names the line.
 */
export function vocabularyFromText(text: string): Vocabulary {
  if (typeof text !== "string") throw new TypeError(`vocabularyFromText: text must be a string, got ${typeof text}`);
  const tokens: string[] = [];
  const frequencies: number[] = [];
  const reserved: string[] = [];
  let unknown: string | null = null;
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  lines.forEach((line, id) => {
    const [escapedToken, frequency, part, ...more] = line.split("\t");
    const fail = (rule: string, got: string | undefined): never => {
      throw new RangeError(`vocabularyFromText: ${rule}, got ${JSON.stringify(got) ?? "none"} in line ${id + 1}`);
    };
    const token = escapedToken!.replace(
      ESCAPE,
      (escape) => unescaped(escape) ?? fail("a backslash must begin \\\\ \\n \\r \\t or \\u0000", escapedToken),
    );
    if (frequency === undefined || !FREQUENCY.test(frequency)) fail("the second column must be a frequency", frequency);
    if (more.length > 0) fail("a line must have two or three columns", line);
    if (part === "reserved") reserved.push(token);
    else if (part === "unknown") unknown = unknown === null ? token : fail("one token must be unknown", token);
    else if (part !== undefined) fail("the third column must be unknown or reserved", part);
    tokens.push(token);
    frequencies.push(Number(frequency));
  });
  try {
    return vocabularyFromList(tokens, { unknown, reserved, frequencies });
  } catch (error) {
    throw new RangeError(`vocabularyFromText: ${(error as Error).message.replace(/^\w+: /, "")}`, { cause: error });
  }
}

function escaped(character: string): string {
  return `\\${LETTERS[character] ?? `u${character.charCodeAt(0).toString(16).padStart(4, "0")}`}`;
}

/** `undefined` for what is no escape. */
function unescaped(escape: string): string | undefined {
  if (escape.length === 6) return String.fromCharCode(parseInt(escape.slice(2), 16));
  return Object.keys(LETTERS).find((character) => LETTERS[character] === escape.slice(1));
}
