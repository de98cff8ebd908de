import type { StreamedToken } from "./streamed-token.ts";
import { textStreamer, type TextStreamerOptions } from "./text-streamer.ts";

/**
 * The text of a stream of tokens, piece by piece, none of which splits a grapheme. The token that a stop string is found
 * in is the last that is asked for; an end token adds no text.
 *
 * @param tokens what `streamTokens` returns; closed when the text ends or its reader leaves.
 * @returns pieces, none empty, which make up `decode` of all ids up to the first stop string.
 * @throws RangeError for an empty stop string; Error when `decode` takes back what it said.
 */
export async function* streamText(
  tokens: AsyncIterable<StreamedToken>,
  options: TextStreamerOptions,
): AsyncGenerator<string, void, undefined> {
  const streamer = textStreamer(options);
  for await (const { token, stopReason } of tokens) {
    if (stopReason === "end token") break;
    const piece = streamer.push(token);
    if (piece !== "") yield piece;
    if (streamer.isStopped) return;
  }
  const rest = streamer.end();
  if (rest !== "") yield rest;
}
