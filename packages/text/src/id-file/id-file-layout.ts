/**
 * A file of ids begins with these bytes, all numbers little-endian: 8 letters `rnnkitID`, uint32 version 1, uint32 bytes an id
 * (2 or 4), uint32 size of the vocabulary, uint32 zero, uint64 number of ids. The ids follow, unsigned in 2 bytes where the
 * vocabulary has at most 65536 tokens, else signed in 4, so that they can be mapped into memory as they are.
 */
export const HEADER_BYTES = 32;
export const MAGIC = "rnnkitID";
export const VERSION = 1;
export const MOST_IN_TWO_BYTES = 0x10000;
export const LARGEST_VOCABULARY = 0x7fffffff;
const UINT32_VALUES = 2 ** 32;

/** What a file of ids holds. */
export interface IdFileSizes {
  /** How many ids. */
  readonly count: number;
  /** V: every id is below it. */
  readonly vocabSize: number;
}

export function bytesPerId(vocabSize: number): 2 | 4 {
  return vocabSize <= MOST_IN_TWO_BYTES ? 2 : 4;
}

/** @throws RangeError for sizes that cannot be. */
export function checkIdFileSizes(caller: string, { count, vocabSize }: IdFileSizes): void {
  if (!Number.isInteger(vocabSize) || vocabSize < 1 || vocabSize > LARGEST_VOCABULARY) {
    throw new RangeError(`${caller}: vocabSize must be an integer from 1 to ${LARGEST_VOCABULARY}, got ${vocabSize}`);
  }
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`${caller}: count must be a non-negative integer, got ${count}`);
  }
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) {
    throw new RangeError(`${caller}: the machine must be little-endian, as files of ids are, got a big-endian one`);
  }
}

export function idFileHeader({ count, vocabSize }: IdFileSizes): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  header.set(Array.from(MAGIC, (letter) => letter.charCodeAt(0)));
  const numbers = [
    VERSION,
    bytesPerId(vocabSize),
    vocabSize,
    0,
    count % UINT32_VALUES,
    Math.floor(count / UINT32_VALUES),
  ];
  new Uint32Array(header.buffer, MAGIC.length).set(numbers);
  return header;
}
