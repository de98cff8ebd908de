import type { Chunks } from "../streams/chunks.ts";
import { bytesPerId, checkIdFileSizes, idFileHeader, type IdFileSizes } from "./id-file-layout.ts";

/**
 * The bytes of a file of ids, chunk by chunk, for an application to write one after the other; `openIdFile` reads them.
 *
 * @param chunks ids, as `idStream` gives them. Borrowed.
 * @param sizes count, known from the pass that counted the tokens, and vocabSize.
 * @throws RangeError for an id outside the vocabulary, and when there are more or fewer than `count`.
 */
export async function* idFileStream(
  chunks: Chunks<ArrayLike<number>>,
  sizes: IdFileSizes,
): AsyncGenerator<Uint8Array, void> {
  const { count, vocabSize } = sizes;
  checkIdFileSizes("idFileStream", sizes);
  yield idFileHeader(sizes);
  let written = 0;
  for await (const ids of chunks) {
    yield encodeIds(ids, { vocabSize, position: written, caller: "idFileStream" });
    written += ids.length;
    if (written > count) break;
  }
  if (written !== count) {
    throw new RangeError(
      `idFileStream: chunks must hold count = ${count} ids, got ${written > count ? "more" : written}`,
    );
  }
}

/** The ids as the bytes of a file, without its header; `position` is that of the first in the file, for the message. */
export function encodeIds(
  ids: ArrayLike<number>,
  { vocabSize, position, caller }: { readonly vocabSize: number; readonly position: number; readonly caller: string },
): Uint8Array {
  const stored = bytesPerId(vocabSize) === 2 ? new Uint16Array(ids.length) : new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (!(Number.isInteger(id) && id >= 0 && id < vocabSize)) {
      throw new RangeError(
        `${caller}: ids must be integers from 0 to ${vocabSize - 1}, got ${id} at position ${position + i}`,
      );
    }
    stored[i] = id;
  }
  return new Uint8Array(stored.buffer);
}
