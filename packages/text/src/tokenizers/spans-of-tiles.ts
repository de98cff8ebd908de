import type { TokenSpan } from "./tokenizer.ts";

/** Where tokens lie that are the source cut into pieces. */
export function spansOfTiles(tokens: readonly string[]): TokenSpan[] {
  let end = 0;
  return tokens.map((token) => ({ token, start: end, end: (end += token.length) }));
}
