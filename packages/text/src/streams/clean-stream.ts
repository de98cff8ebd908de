import type { Chunks } from "./chunks.ts";
import { lineStream } from "./line-stream.ts";

/**
 * A stream of text of which every line is cleaned by itself: memory holds a chunk, and the longest line.
 *
 * @param clean from a line, without its end, to what becomes of it.
 * @param options lineEnd, what follows each line; default `\n`. With `""` lines are glued together, as in d2l's corpora of
 *   characters.
 * @throws TypeError for chunks that are no strings.
 */
export async function* cleanStream(
  chunks: Chunks<string>,
  clean: (line: string) => string,
  { lineEnd = "\n" }: { readonly lineEnd?: string } = {},
): AsyncGenerator<string, void> {
  for await (const lines of lineStream(chunks)) {
    let text = "";
    for (const line of lines) text += clean(line) + lineEnd;
    if (text !== "") yield text;
  }
}
