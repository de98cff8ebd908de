import { type CrossEntropyStatistics, meanNats } from "./cross-entropy.ts";

/**
 * Bits per character, totalNats / (numCharacters ln 2): what models with unequal vocabularies can be compared by, where
 * their perplexities per token cannot.
 *
 * @param statistics of all tokens of the text, one for its end included where the model predicts it.
 * @param numCharacters of the text that the tokens stand for, see {@link textLength}.
 * @throws RangeError for a number that is not positive and finite, or a total of NaN.
 */
export function bitsPerCharacter({ totalNats }: CrossEntropyStatistics, numCharacters: number): number {
  return meanNats("bitsPerCharacter", { totalNats, count: numCharacters }, "numCharacters") / Math.LN2;
}
