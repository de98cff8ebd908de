import { bytesPerId, checkIdFileSizes, HEADER_BYTES, MAGIC, VERSION } from "./id-file-layout.ts";

/** The ids of a file, where they lie. */
export interface IdFile {
  /** A view of the file's bytes: what changes there changes here. */
  readonly ids: Int32Array | Uint16Array;
  /** V: every id is below it. */
  readonly vocabSize: number;
}

/**
 * The ids in the bytes of a file of ids, without a copy, so that a file mapped into memory is read where it is asked for. Ids
 * themselves are therefore not checked.
 *
 * @param bytes the whole file, at an offset in their buffer that is a multiple of 4. The view borrows them.
 * @throws RangeError when they are no such file, or part of one; the message says what is wrong.
 */
export function openIdFile(bytes: Uint8Array): IdFile {
  const fail = (rule: string, got: number | string): never => {
    throw new RangeError(`openIdFile: ${rule}, got ${got}`);
  };
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`openIdFile: bytes must be a Uint8Array, got ${typeof bytes}`);
  if (bytes.length < HEADER_BYTES) fail(`bytes must hold a header of ${HEADER_BYTES} bytes`, bytes.length);
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) fail(`bytes must begin with ${MAGIC}`, JSON.stringify(magic));
  const { buffer, byteOffset, byteLength } = bytes;
  const header = new DataView(buffer, byteOffset, HEADER_BYTES);
  const [version, width, vocabSize] = [8, 12, 16].map((offset) => header.getUint32(offset, true)) as [
    number,
    number,
    number,
  ];
  const count = header.getUint32(24, true) + 2 ** 32 * header.getUint32(28, true);
  if (version !== VERSION) fail(`version must be ${VERSION}`, version);
  checkIdFileSizes("openIdFile", { count, vocabSize });
  if (width !== bytesPerId(vocabSize))
    fail(`ids must have ${bytesPerId(vocabSize)} bytes for ${vocabSize} tokens`, width);
  const wanted = HEADER_BYTES + count * width;
  if (byteLength !== wanted) fail(`bytes must be the whole file, ${wanted} bytes with ${count} ids`, byteLength);
  if (byteOffset % 4 !== 0) fail("bytes must lie at a multiple of 4 in their buffer (a copy does)", byteOffset);
  const start = byteOffset + HEADER_BYTES;
  const ids = width === 2 ? new Uint16Array(buffer, start, count) : new Int32Array(buffer, start, count);
  return { ids, vocabSize };
}
