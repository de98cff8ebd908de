/**
 * How many code units of a text that goes on can be shown: whole graphemes, not the last one, and nothing from where a
 * stop string may have begun or bytes were left over.
 */
export function finalLength(
  text: string,
  { stopStrings, graphemes }: { readonly stopStrings: readonly string[]; readonly graphemes: Intl.Segmenter },
): number {
  const known = text.replace(/\uFFFD+$/u, "");
  const limit = Math.min(...stopStrings.map((stop) => partialStart(known, stop)));
  let length = 0;
  for (const { index } of graphemes.segment(known)) if (index <= limit) length = index;
  return length;
}

/** Where a proper beginning of `stop` starts at the end of a text; Infinity where none does. */
function partialStart(text: string, stop: string): number {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(stop.slice(0, length))) return text.length - length;
  }
  return Infinity;
}
