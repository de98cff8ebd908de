import { buffer } from "node:stream/consumers";
import { decodeText } from "./decode-text.ts";
import { readBytes } from "./read-bytes.ts";

// Python's whitespace: JavaScript's trimEnd would take a byte order mark for some, and the separators of ASCII for none.
// oxlint-disable-next-line no-control-regex
const TRAILING_WHITESPACE = /[\p{White_Space}\x1c-\x1f]+$/u;

/** Lines of text, each a segment, and where they come from. */
export interface Segments {
  readonly source: string;
  readonly lines: readonly string[];
}

/** The segments of a file in UTF-8. @throws Error when it cannot be read, is empty or is no text. */
export async function readSegments(path: string): Promise<Segments> {
  return { source: path, lines: splitLines(path, await readBytes(path)) };
}

/** The segments that are piped in. */
export async function readSegmentsFromInput(): Promise<Segments> {
  const source = "standard input";
  return { source, lines: splitLines(source, await buffer(process.stdin)) };
}

// As sacreBLEU: only \n ends a line, not the other separators that Unicode knows, and whitespace before it is dropped, with
// it the \r of Windows. An empty line is a segment; the end of the last line begins none.
function splitLines(source: string, bytes: Uint8Array): string[] {
  const text = decodeText(source, bytes);
  if (text === "") throw new Error(`${source} is empty: it must hold a line for each segment`);
  const lines = text.split("\n").map((line) => line.replace(TRAILING_WHITESPACE, ""));
  if (text.endsWith("\n")) lines.pop();
  return lines;
}
