import type { TokenSpan } from "./tokenizer.ts";

/** The matches of a global pattern, each with its place; empty ones are left out. */
export function spansOfMatches(text: string, pattern: RegExp): TokenSpan[] {
  const spans = [];
  for (const { 0: token, index } of text.matchAll(pattern)) {
    if (token !== "") spans.push({ token, start: index, end: index + token.length });
  }
  return spans;
}
