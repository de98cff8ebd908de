import type { CrossEntropyStatistics } from "./cross-entropy.ts";

/**
 * The baseline that a language model has to beat: the cross-entropy of the validation ids under the frequencies of the
 * train ids, without any context. With add-one (Laplace) smoothing, p(v) = (count of v in train + 1) / (length of train + V).
 *
 * @param train ids; when there are none, p is uniform and the perplexity is V. Borrowed.
 * @param validation ids to score. Borrowed.
 * @param options.vocabSize V, the number of ids.
 * @throws RangeError when `vocabSize` is no positive integer, or an id no integer from 0 to V - 1.
 */
export function unigramCrossEntropy(
  train: ArrayLike<number>,
  validation: ArrayLike<number>,
  { vocabSize }: { vocabSize: number },
): CrossEntropyStatistics {
  if (!Number.isSafeInteger(vocabSize) || vocabSize < 1) {
    throw new RangeError(`unigramCrossEntropy: vocabSize must be a positive integer, got ${vocabSize}`);
  }
  const trainCounts = countIds("train", train, vocabSize);
  const validationCounts = countIds("validation", validation, vocabSize);
  let totalNats = 0;
  for (let id = 0; id < vocabSize; id++) {
    totalNats += validationCounts[id]! * Math.log((train.length + vocabSize) / (trainCounts[id]! + 1));
  }
  return { totalNats, count: validation.length };
}

function countIds(name: string, ids: ArrayLike<number>, vocabSize: number): Float64Array {
  const counts = new Float64Array(vocabSize);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (!Number.isInteger(id) || id < 0 || id >= vocabSize) {
      throw new RangeError(
        `unigramCrossEntropy: ${name} must hold integers from 0 to ${vocabSize - 1}, got ${id} at index ${i}`,
      );
    }
    counts[id]!++;
  }
  return counts;
}
