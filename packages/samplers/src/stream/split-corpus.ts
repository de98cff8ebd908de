import { splitSizes } from "../split-sizes.ts";
import { checkCorpus, type TokenStream } from "./token-stream.ts";

/**
 * Cuts a token stream, in its order: what a model learns from, and at the end what it may not see while it learns. The
 * parts adjoin and do not overlap, and no window of one reaches into another.
 *
 * @param corpus token ids; the parts are views of it, not copies.
 * @param options validationFraction and testFraction of the tokens, each rounded down; testFraction is 0 by default.
 * @throws RangeError when a fraction is not from 0 to below 1, or both together are not.
 * @throws TypeError when `corpus` is not a typed array of ids.
 */
export function splitCorpus<Corpus extends TokenStream>(
  corpus: Corpus,
  { validationFraction, testFraction = 0 }: { validationFraction: number; testFraction?: number },
): { train: Corpus; validation: Corpus; test: Corpus } {
  checkCorpus("splitCorpus", corpus);
  const { numTrain, numValidation } = splitSizes("splitCorpus", corpus.length, { validationFraction, testFraction });
  const part = (start: number, end: number) => corpus.subarray(start, end) as Corpus;
  return {
    train: part(0, numTrain),
    validation: part(numTrain, numTrain + numValidation),
    test: part(numTrain + numValidation, corpus.length),
  };
}
