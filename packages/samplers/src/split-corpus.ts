import { checkCorpus } from "./check-corpus.ts";

/**
 * Cuts a token stream in two: the end, which a model may not see while it learns, and all that comes before.
 *
 * @param corpus token ids; both parts are views of it, not copies.
 * @param options validationFraction, from 0 to below 1, of the tokens; rounded down.
 * @throws RangeError when it lies outside.
 * @throws TypeError when `corpus` is not an Int32Array.
 */
export function splitCorpus(
  corpus: Int32Array,
  { validationFraction }: { validationFraction: number },
): { train: Int32Array; validation: Int32Array } {
  checkCorpus("splitCorpus", corpus);
  if (!(validationFraction >= 0 && validationFraction < 1)) {
    throw new RangeError(`splitCorpus: validationFraction must be from 0 to below 1, got ${validationFraction}`);
  }
  const numTrain = corpus.length - Math.floor(corpus.length * validationFraction);
  return { train: corpus.subarray(0, numTrain), validation: corpus.subarray(numTrain) };
}
