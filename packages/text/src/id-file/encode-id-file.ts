import { checkIdFileSizes, HEADER_BYTES, idFileHeader } from "./id-file-layout.ts";
import { encodeIds } from "./id-file-stream.ts";

/**
 * The bytes of a file of ids that are in memory; `idFileStream` is the form for those that are not.
 *
 * @param ids borrowed.
 * @throws RangeError for an id outside the vocabulary.
 */
export function encodeIdFile(ids: ArrayLike<number>, { vocabSize }: { readonly vocabSize: number }): Uint8Array {
  const sizes = { count: ids.length, vocabSize };
  checkIdFileSizes("encodeIdFile", sizes);
  const stored = encodeIds(ids, { vocabSize, position: 0, caller: "encodeIdFile" });
  const bytes = new Uint8Array(HEADER_BYTES + stored.length);
  bytes.set(idFileHeader(sizes));
  bytes.set(stored, HEADER_BYTES);
  return bytes;
}
