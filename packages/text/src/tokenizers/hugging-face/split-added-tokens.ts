/** An added token and how it is written in the text that is split. */
interface WrittenToken {
  readonly content: string;
  readonly written: string;
  readonly lstrip?: boolean;
  readonly rstrip?: boolean;
}

/** A part of a text: an added token, or what lies between, which may be empty. */
interface Section {
  readonly token: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Cuts a text at its added tokens: from the left, of those that begin at one place the longest. */
export function splitAddedTokens(text: string, tokens: readonly WrittenToken[]): Section[] {
  const byWritten = new Map(tokens.filter(({ written }) => written !== "").map((token) => [token.written, token]));
  if (byWritten.size === 0) return text === "" ? [] : [{ token: undefined, start: 0, end: text.length }];
  const longestFirst = [...byWritten.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    longestFirst.map((token) => token.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"),
    "g",
  );
  const sections: Section[] = [];
  let gap = 0;
  let stripsNext = false;
  const addGap = (end: number, stripsBefore: boolean) => {
    let part = text.slice(gap, end);
    let start = gap;
    if (stripsBefore) part = part.trimEnd();
    if (stripsNext) {
      start += part.length - part.trimStart().length;
      part = part.trimStart();
    }
    if (gap < end) sections.push({ token: undefined, start, end: start + part.length });
  };
  for (const { 0: match, index } of text.matchAll(pattern)) {
    const token = byWritten.get(match)!;
    addGap(index, token.lstrip ?? false);
    gap = index + match.length;
    sections.push({ token: token.content, start: index, end: gap });
    stripsNext = token.rstrip ?? false;
  }
  addGap(text.length, false);
  return sections;
}
