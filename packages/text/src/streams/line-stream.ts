import type { Chunks } from "./chunks.ts";
import { recutStream } from "./recut-stream.ts";
import { splitLines } from "./split-lines.ts";

/**
 * The lines of a stream of text as `splitLines` has them, in arrays: those that each chunk completes, as a call for each line
 * would cost more than most of what is done with a line.
 *
 * @throws TypeError for chunks that are no strings.
 */
export async function* lineStream(chunks: Chunks<string>): AsyncGenerator<string[], void> {
  for await (const text of recutStream(chunks, afterLastLine)) yield splitLines(text);
}

/** Behind the last line end; a `\r` at the very end may be half of one. */
function afterLastLine(text: string): number {
  const carriageReturn = text.length < 2 ? -1 : text.lastIndexOf("\r", text.length - 2);
  return 1 + Math.max(text.lastIndexOf("\n"), carriageReturn);
}
