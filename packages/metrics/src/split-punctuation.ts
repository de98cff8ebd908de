import { splitWhitespace, WHITESPACE } from "./whitespace.ts";

/** The characters that are tokens wherever they stand, ASCII punctuation but for `'`, `,`, `-` and `.`, as a class. */
const SYMBOLS = String.raw`!-&(-+/:-@\[-\`{-~`;

const symbols = new RegExp(`[${SYMBOLS}]`, "g");
/** Within a piece: periods and commas that are not at its end, dashes after digits. */
const intricate = new RegExp(`[.,][^${SYMBOLS}${WHITESPACE}]|[0-9]-`);
const pieces = new RegExp(`[${SYMBOLS}]|[^${SYMBOLS}${WHITESPACE}]+`, "g");

/**
 * The rules of mteval for western punctuation: symbols apart, periods and commas unless between two digits, dashes after
 * digits. What would look past an end of the text does not apply there: `.5` and `5.` stay together.
 */
export function splitPunctuation(text: string): string[] {
  // Each pass reads what the one before wrote and consumes the neighbour it looks at: lookarounds would be tidier, and
  // would not give the tokens of mteval.
  return splitWhitespace(
    text
      .replace(symbols, " $& ")
      .replace(/([^0-9])([.,])/g, "$1 $2 ")
      .replace(/([.,])([^0-9])/g, " $1 $2")
      .replace(/([0-9])-/g, "$1 - "),
  );
}

/**
 * `splitPunctuation` of the text with a space before and after it, several times as fast: no rule looks past whitespace or
 * a symbol, so that the pieces between them are split one by one, and few of them hold more than a period at the end.
 */
export function splitPaddedPunctuation(text: string): string[] {
  const isIntricate = intricate.test(text);
  const tokens: string[] = [];
  for (const piece of text.match(pieces) ?? []) {
    const end = piece.length - 1;
    if (isIntricate && intricate.test(piece)) {
      for (const token of splitPunctuation(` ${piece} `)) tokens.push(token);
    } else if (end > 0 && (piece[end] === "." || piece[end] === ",")) {
      tokens.push(piece.slice(0, end), piece.slice(end));
    } else {
      tokens.push(piece);
    }
  }
  return tokens;
}
