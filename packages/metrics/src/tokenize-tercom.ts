import type { TerOptions } from "./ter-options.ts";
import { splitWhitespace, trimEndWhitespace } from "./whitespace.ts";

const PUNCTUATION = /[.,?:;!"()]/g;
const ASIAN_PUNCTUATION =
  "\u3001\u3002\u3008-\u3011\u3014-\u301f\uff61-\uff65\u30fb\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09";
const asianPunctuation = new RegExp(`[${ASIAN_PUNCTUATION}]`, "g");
// Radicals, strokes, ideographs and their compatibility forms, enclosed letters: the blocks that tercom takes apart.
const asianCharacters = new RegExp(
  `[\u2e80-\u2eff\u31c0-\u31ef\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f${ASIAN_PUNCTUATION}]`,
  "g",
);

/** The words of tercom, the tool that TER was published with, as sacreBLEU 2.6 has them. */
export function tokenizeTercom(text: string, options: Required<TerOptions>): string[] {
  const { normalized, punctuation, asianSupport, caseSensitive } = options;
  let line = trimEndWhitespace(text); // "'s" is looked for before a space only, and one follows the line
  if (!caseSensitive) line = line.toLowerCase();
  if (normalized) {
    line = normalizeWestern(line);
    if (asianSupport) line = line.replace(asianCharacters, " $& ");
  }
  if (!punctuation) {
    line = line.replace(PUNCTUATION, "");
    if (asianSupport) line = line.replace(asianPunctuation, "");
  }
  return splitWhitespace(line);
}

/** Much as `tokenize13a`, but the apostrophe stays where it is, and a hyphen is undone at the start of a line. */
function normalizeWestern(text: string): string {
  const line = text
    .replaceAll("\n-", "")
    .replaceAll("\n", " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  // Each pass reads what the one before wrote and consumes the neighbour it looks at, as the reference does.
  return ` ${line} `
    .replace(/[!-&(-+/:-@[-`{-~]/g, " $& ")
    .replaceAll("'s ", " 's ")
    .replace(/([^0-9])([.,])/g, "$1 $2 ")
    .replace(/([.,])([^0-9])/g, " $1 $2")
    .replace(/([0-9])-/g, "$1 - ");
}
