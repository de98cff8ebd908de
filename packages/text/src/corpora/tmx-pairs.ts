import type { Chunks } from "../streams/chunks.ts";
import type { SentencePair } from "./sentence-pair.ts";
import { type TMXLanguages, tmxReader } from "./tmx-reader.ts";

/**
 * The pairs of a translation memory in TMX: of each unit the text in the two languages; units that lack one are left out, and
 * of several variants in one language the first counts. Text keeps its white space, loses the codes of formats (`bpt`, `ept`,
 * `it`, `ph`, `ut`), and keeps what `hi` holds.
 *
 * @param text the document; a declared encoding means nothing any more. Entities but the five of XML are refused.
 * @throws RangeError when it is not well-formed, no TMX, or has no such pair; the message names the line.
 * @see Translation Memory eXchange 1.4b.
 */
export function tmxPairs(text: string, languages: TMXLanguages): SentencePair[] {
  if (typeof text !== "string") throw new TypeError(`tmxPairs: text must be a string, got ${typeof text}`);
  const reader = tmxReader("tmxPairs", languages);
  return [...reader.push(text), ...reader.end()];
}

/**
 * The same for a stream of text: arrays of the pairs that each chunk completes. Memory holds a chunk, and the longest text.
 *
 * @throws RangeError as `tmxPairs`, once what is wrong is read; TypeError for chunks that are no strings.
 */
export async function* tmxPairStream(
  chunks: Chunks<string>,
  languages: TMXLanguages,
): AsyncGenerator<SentencePair[], void> {
  const reader = tmxReader("tmxPairStream", languages);
  for await (const chunk of chunks) {
    if (typeof chunk !== "string") {
      throw new TypeError(`tmxPairStream: chunks must be strings, got ${typeof chunk}; textStream decodes bytes`);
    }
    const pairs = reader.push(chunk);
    if (pairs.length > 0) yield pairs;
  }
  const last = reader.end();
  if (last.length > 0) yield last;
}
