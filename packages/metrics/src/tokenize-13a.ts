import { splitWhitespace } from "./whitespace.ts";

/**
 * The tokens of mteval-v13a, sacreBLEU's default: punctuation apart, periods and commas only where no digit stands on
 * both sides, dashes after digits; markup and four entities of the NIST files undone first.
 */
export function tokenize13a(text: string): string[] {
  let line = text.replaceAll("<skipped>", "").replaceAll("-\n", "").replaceAll("\n", " ");
  if (line.includes("&")) {
    line = line.replaceAll("&quot;", '"').replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  }
  // Each pass reads what the one before wrote and consumes the neighbour it looks at: lookarounds would be tidier, and
  // would not give the tokens of mteval.
  return splitWhitespace(
    ` ${line} `
      .replace(/[!-&(-+/:-@[-`{-~]/g, " $& ")
      .replace(/([^0-9])([.,])/g, "$1 $2 ")
      .replace(/([.,])([^0-9])/g, " $1 $2")
      .replace(/([0-9])-/g, "$1 - "),
  );
}
