import type { TokenSpan } from "./tokenizer.ts";

/** What becomes tokens: the matches of a pattern, the gaps between them, or both. */
export type KeptParts = "matches" | "gaps" | "both";

/** The parts into which a global pattern cuts a text; empty ones are left out. */
export function spansOfMatches(text: string, pattern: RegExp, keep: KeptParts = "matches"): TokenSpan[] {
  const spans: TokenSpan[] = [];
  const add = (start: number, end: number) => {
    if (start < end) spans.push({ token: text.slice(start, end), start, end });
  };
  let gap = 0;
  for (const { 0: match, index } of text.matchAll(pattern)) {
    if (keep !== "matches") add(gap, index);
    gap = index + match.length;
    if (keep !== "gaps") add(index, gap);
  }
  if (keep !== "matches") add(gap, text.length);
  return spans;
}
