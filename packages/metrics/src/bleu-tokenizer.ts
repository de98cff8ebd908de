import { tokenize13a } from "./tokenize-13a.ts";
import { tokenizeCharacters } from "./tokenize-characters.ts";
import { tokenizeInternational } from "./tokenize-international.ts";
import { tokenizeChinese } from "./tokenize-chinese.ts";
import { splitWhitespace } from "./whitespace.ts";

const tokenizers = {
  "13a": tokenize13a,
  intl: tokenizeInternational,
  zh: tokenizeChinese,
  char: tokenizeCharacters,
  none: splitWhitespace,
} as const;

/**
 * A tokenizer of sacreBLEU by its name: `"13a"` for plain text of western languages; `"intl"` for every script that has
 * spaces between words; `"zh"` for Chinese; `"char"` for single characters; `"none"` for text that has tokens already,
 * split at whitespace. Or a function of your own, from a text without whitespace at its end to tokens.
 */
export type BleuTokenizer = keyof typeof tokenizers | ((text: string) => readonly string[]);

/** The function of a tokenizer, checked in the name of `caller`. */
export function bleuTokenizer(caller: string, tokenizer: BleuTokenizer): (text: string) => readonly string[] {
  if (typeof tokenizer === "function") return tokenizer;
  if (!Object.hasOwn(tokenizers, tokenizer)) {
    const names = Object.keys(tokenizers).map((name) => `"${name}"`);
    throw new RangeError(`${caller}: tokenizer must be ${names.join(", ")} or a function, got ${String(tokenizer)}`);
  }
  return tokenizers[tokenizer];
}
