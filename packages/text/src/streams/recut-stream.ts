import type { Chunks } from "./chunks.ts";

/**
 * The same text in other chunks, each of which ends where `cut` says, so that a step that works on a whole text can work on
 * each of them. What follows the last cut waits for more, so memory holds the longest stretch without a cut.
 *
 * @param cut how long a beginning of the text may be split off, 0 for none. It is asked again with more text when the text has
 *   at least doubled, or after a cut.
 * @throws TypeError for chunks that are no strings.
 */
export async function* recutStream(
  chunks: Chunks<string>,
  cut: (text: string) => number,
): AsyncGenerator<string, void> {
  let waiting = "";
  let enough = 0;
  for await (const chunk of chunks) {
    if (typeof chunk !== "string") {
      throw new TypeError(`recutStream: chunks must be strings, got ${typeof chunk}; textStream decodes bytes`);
    }
    waiting += chunk;
    if (waiting.length < enough) continue;
    const end = cut(waiting);
    if (end > 0) yield waiting.slice(0, end);
    waiting = waiting.slice(end);
    enough = end > 0 ? 0 : 2 * waiting.length; // else a stretch without a cut would be searched again with every chunk
  }
  if (waiting !== "") yield waiting;
}
