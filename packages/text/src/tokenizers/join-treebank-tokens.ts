import { pythonRegex } from "./python-regex.ts";

const AROUND = pythonRegex(String.raw`^\s+|\s+$`);

/** In this order: contractions, closing marks, dashes, brackets, punctuation, opening marks. */
const RULES: readonly (readonly [RegExp, string])[] = [
  ...[
    String.raw` ('t)\s(is)\b`,
    String.raw` ('t)\s(was)\b`,
    String.raw`\b(can)\s(not)\b`,
    String.raw`\b(d)\s('ye)\b`,
    String.raw`\b(gim)\s(me)\b`,
    String.raw`\b(gon)\s(na)\b`,
    String.raw`\b(got)\s(ta)\b`,
    String.raw`\b(lem)\s(me)\b`,
    String.raw`\b(more)\s('n)\b`,
    String.raw`\b(wan)\s(na)(?=\s)`,
  ].map((source) => [pythonRegex(source, "i"), "$1$2"] as const),
  [pythonRegex(String.raw`([^' ])\s('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) `), "$1$2 "],
  [pythonRegex(String.raw`([^' ])\s('[sS]|'[mM]|'[dD]|') `), "$1$2 "],
  [pythonRegex(String.raw`((?!')\S)\s('')`), "$1$2"],
  [pythonRegex(String.raw`([,.;:!?'])\s+("|'')`), "$1$2"],
  [pythonRegex(String.raw`('')\s([.,:)\]>};%])`), "$1$2"],
  [/''/gu, '"'],
  [/([,.;:!?])"'/gu, "$1'\""],
  [AROUND, ""],
  [/ -- /gu, "--"],
  [pythonRegex(String.raw`([[({<])\s`), "$1"],
  [pythonRegex(String.raw`\s([\])}>])`), "$1"],
  [pythonRegex(String.raw`([\])}>])\s([:;,.])`), "$1$2"],
  [pythonRegex(String.raw`([^'])\s'\s`), "$1' "],
  [pythonRegex(String.raw`\s([?!])`), "$1"],
  [pythonRegex(String.raw`([^.])\s(\.)(?!\.)([\])}>"']*)`), "$1$2$3"],
  [pythonRegex(String.raw`([#$])\s`), "$1"],
  [pythonRegex(String.raw`\s([;%])`), "$1"],
  [pythonRegex(String.raw`\s\.\.\.\s`), "..."],
  [pythonRegex(String.raw`\s([:,])`), "$1"],
  [pythonRegex("([ ([{<])\\s``"), "$1``"],
  [pythonRegex("(``)\\s"), "$1"],
  [/``/gu, '"'],
  [AROUND, ""],
];

/** The text of tokens of the Penn Treebank, by the rules of NLTK's detokenizer. */
export function joinTreebankTokens(tokens: readonly string[]): string {
  return RULES.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), ` ${tokens.join(" ")} `);
}
