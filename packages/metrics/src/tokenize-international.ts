import { splitWhitespace } from "./whitespace.ts";

/**
 * The tokens of mteval-v14 with international tokenisation: punctuation of any script apart unless a number stands on
 * both sides, symbols apart. A period after a number at the end of the text stays with it, as in mteval.
 */
export function tokenizeInternational(text: string): string[] {
  return splitWhitespace(
    text
      .replace(/(\P{N})(\p{P})/gu, "$1 $2 ")
      .replace(/(\p{P})(\P{N})/gu, " $1 $2")
      .replace(/\p{S}/gu, " $& "),
  );
}
