import { splitPaddedPunctuation } from "./split-punctuation.ts";

/**
 * The tokens of mteval-v13a, sacreBLEU's default: punctuation apart, periods and commas only where no digit stands on
 * both sides, dashes after digits; markup and four entities of the NIST files undone first.
 */
export function tokenize13a(text: string): string[] {
  let line = text;
  if (line.includes("<skipped>")) line = line.replaceAll("<skipped>", "");
  if (line.includes("\n")) line = line.replaceAll("-\n", "").replaceAll("\n", " ");
  if (line.includes("&")) {
    line = line.replaceAll("&quot;", '"').replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  }
  return splitPaddedPunctuation(line);
}
