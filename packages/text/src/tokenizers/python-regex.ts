// White space as Python's str.split() and \s have it: Unicode's, and the four separators of ASCII.
const SPACE = String.raw`\p{White_Space}\x1c-\x1f`;
const WORD = String.raw`[\p{L}\p{N}_]`;
const BOUNDARY = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`;

/**
 * A global regular expression in which `\s`, `\S`, `\d` and `\b` mean what they do in Python, which is more than in JavaScript.
 * Not for use inside of a class.
 */
export function pythonRegex(source: string, flags = ""): RegExp {
  const meanings: Readonly<Record<string, string>> = {
    "\\s": `[${SPACE}]`,
    "\\S": `[^${SPACE}]`,
    "\\d": String.raw`\p{Nd}`,
    "\\b": BOUNDARY,
  };
  return new RegExp(
    source.replace(/\\./g, (escape) => meanings[escape] ?? escape),
    `gu${flags}`,
  );
}
