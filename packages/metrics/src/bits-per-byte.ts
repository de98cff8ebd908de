import { type CrossEntropyStatistics, meanNats } from "./cross-entropy.ts";

/**
 * Bits per byte of UTF-8, totalNats / (numBytes ln 2): as {@link bitsPerCharacter}, and comparable across scripts.
 *
 * @param statistics of all tokens of the text, one for its end included where the model predicts it.
 * @param numBytes of the text that the tokens stand for, see {@link textLength}.
 * @throws RangeError for a number that is not positive and finite, or a total of NaN.
 */
export function bitsPerByte({ totalNats }: CrossEntropyStatistics, numBytes: number): number {
  return meanNats("bitsPerByte", { totalNats, count: numBytes }, "numBytes") / Math.LN2;
}
