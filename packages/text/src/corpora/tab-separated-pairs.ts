import type { Chunks } from "../streams/chunks.ts";
import { lineStream } from "../streams/line-stream.ts";
import { splitLines } from "../streams/split-lines.ts";
import type { SentencePair } from "./sentence-pair.ts";

/** Where in a line the two texts stand. */
export interface TabSeparatedOptions {
  /** The column of the source, from 0; default 0. Columns that are not named are left out. */
  readonly sourceColumn?: number;
  /** The column of the target, from 0; default 1. */
  readonly targetColumn?: number;
  /** What becomes of a line that lacks a column; default `throw`, with its number. */
  readonly malformed?: "throw" | "skip";
}

/**
 * The pairs in the lines of a text whose columns are parted by tabs, as those of Tatoeba and Anki (fra-eng).
 *
 * @throws RangeError when a line lacks a column, or an option is nonsense; TypeError when `text` is not a string.
 */
export function tabSeparatedPairs(text: string, options: TabSeparatedOptions = {}): SentencePair[] {
  const read = pairReader("tabSeparatedPairs", options);
  return splitLines(text).flatMap(read);
}

/**
 * The same for a stream of text: arrays of the pairs that each chunk completes.
 *
 * @throws RangeError when a line lacks a column, or an option is nonsense; TypeError for chunks that are no strings.
 */
export async function* tabSeparatedPairStream(
  chunks: Chunks<string>,
  options: TabSeparatedOptions = {},
): AsyncGenerator<SentencePair[], void> {
  const read = pairReader("tabSeparatedPairStream", options);
  for await (const lines of lineStream(chunks)) yield lines.flatMap(read);
}

/** Reads line after line. */
function pairReader(
  caller: string,
  { sourceColumn = 0, targetColumn = 1, malformed = "throw" }: TabSeparatedOptions,
): (line: string) => SentencePair[] {
  for (const [name, column] of Object.entries({ sourceColumn, targetColumn })) {
    if (!Number.isInteger(column) || column < 0) {
      throw new RangeError(`${caller}: ${name} must be a non-negative integer, got ${column}`);
    }
  }
  if (malformed !== "throw" && malformed !== "skip") {
    throw new RangeError(`${caller}: malformed must be throw or skip, got ${String(malformed)}`);
  }
  const numColumns = 1 + Math.max(sourceColumn, targetColumn);
  let lineNumber = 0;
  return (line) => {
    lineNumber++;
    const columns = line.split("\t");
    if (columns.length >= numColumns) return [{ source: columns[sourceColumn]!, target: columns[targetColumn]! }];
    if (malformed === "skip") return [];
    throw new RangeError(
      `${caller}: each line must have ${numColumns} columns parted by tabs, got ${columns.length} in line ${lineNumber}`,
    );
  };
}
