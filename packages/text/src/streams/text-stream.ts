import type { Chunks } from "./chunks.ts";
import { utf8Decoder } from "./utf8-decoder.ts";

/**
 * The text of bytes in UTF-8, without a byte order mark, however the bytes are cut into chunks: no character is split. For
 * what a platform gives for a file or a response.
 *
 * @param chunks borrowed.
 * @throws RangeError at bytes that are not UTF-8, with their position; TypeError for chunks that are no bytes.
 */
export async function* textStream(chunks: Chunks<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = utf8Decoder("textStream");
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) {
      throw new TypeError(`textStream: chunks must be of bytes in a Uint8Array, got ${typeof chunk}`);
    }
    const text = decoder.push(chunk);
    if (text !== "") yield text;
  }
  decoder.end();
}
