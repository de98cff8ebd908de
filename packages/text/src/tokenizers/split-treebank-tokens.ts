import { pythonRegex } from "./python-regex.ts";
import { words } from "./words.ts";

/** In this order: each rule reads the spaces that those before it have put. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // Opening quotation marks.
  [/^"/gu, "``"],
  [/``/gu, " `` "],
  [/([ ([{<])("|'')/gu, "$1 `` "],
  // Punctuation. The period is that of the end, which closing marks may follow.
  [/([:,])(\P{Nd})/gu, " $1 $2"],
  [/([:,])(?=\n?$)/gu, " $1 "],
  [/\.\.\./gu, " ... "],
  [/[;@#$%&]/gu, " $& "],
  [pythonRegex(String.raw`([^.])(\.)([\])}>"']*)\s*$`), "$1 $2$3 "],
  [/[?!]/gu, " $& "],
  [/([^'])' /gu, "$1 ' "],
  [/[\][(){}<>]/gu, " $& "],
  [/--/gu, " -- "],
  [/^|$/gu, " "],
  // Closing quotation marks, and endings that a mark of elision begins.
  [/''/gu, " '' "],
  [/"/gu, " '' "],
  [/([^' ])('[sS]|'[mM]|'[dD]|') /gu, "$1 $2 "],
  [/([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) /gu, "$1 $2 "],
  // Two words that are written as one.
  ...[
    String.raw`\b(can)(not)\b`,
    String.raw`\b(d)('ye)\b`,
    String.raw`\b(gim)(me)\b`,
    String.raw`\b(gon)(na)\b`,
    String.raw`\b(got)(ta)\b`,
    String.raw`\b(lem)(me)\b`,
    String.raw`\b(more)('n)\b`,
    String.raw`\b(wan)(na)(?=\s)`,
    String.raw` ('t)(is)\b`,
    String.raw` ('t)(was)\b`,
  ].map((source) => [pythonRegex(source, "i"), " $1 $2 "] as const),
];

/** The tokens of the Penn Treebank, by the rules of its `tokenizer.sed` as NLTK has them. */
export function splitTreebankTokens(text: string): string[] {
  return words.encode(RULES.reduce((spaced, [pattern, replacement]) => spaced.replace(pattern, replacement), text));
}
