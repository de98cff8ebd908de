import { categorical, type Generator } from "@rnnkit/random";
import { checkPositiveInteger } from "../check-positive-integer.ts";
import { topCandidates } from "../top-candidates.ts";
import { standardGumbel } from "./standard-gumbel.ts";

/** How {@link drawIndices} draws. */
export interface DrawIndicesOptions {
  /** How many indices to draw from each row. */
  readonly numDraws: number;
  /** Where the draws come from; advanced. */
  readonly generator: Generator;
  /** Whether an index may be drawn again; default false, as in torch.multinomial. */
  readonly withReplacement?: boolean;
  /** The number of rows in `weights`; default 1. */
  readonly numRows?: number;
}

/**
 * Indices drawn with probabilities in proportion to their weights, as torch.multinomial draws them; never one of weight 0,
 * where torch gives some silently if there are too few others.
 *
 * @param weights [numRows, V], flat and row by row, non-negative and finite; a row need not sum to 1. Borrowed.
 * @returns [numRows, numDraws], flat and row by row, in the order drawn, each from 0 to V - 1; without replacement the
 * indices of a row are distinct. The caller's.
 * @throws RangeError for a weight that is negative, infinite or NaN, for a row whose weights are all 0 or sum to Infinity, for
 * more draws without replacement than a row has positive weights, or unless the weights make whole rows.
 */
export function drawIndices(
  weights: ArrayLike<number>,
  { numDraws, generator, withReplacement = false, numRows = 1 }: DrawIndicesOptions,
): Int32Array {
  checkPositiveInteger("drawIndices", "numDraws", numDraws);
  checkPositiveInteger("drawIndices", "numRows", numRows);
  if (weights.length === 0 || weights.length % numRows !== 0) {
    throw new RangeError(
      `drawIndices: weights must make ${numRows} rows of equal length, got ${weights.length} weights`,
    );
  }
  const vocabSize = weights.length / numRows;
  const drawn = new Int32Array(numRows * numDraws);
  for (let row = 0; row < numRows; row++) {
    const own = Float64Array.from({ length: vocabSize }, (_, i) => weights[row * vocabSize + i]!);
    checkWeights(own, { row, numDraws: withReplacement ? 1 : numDraws });
    drawn.set(
      withReplacement ? replaced(own, numDraws, generator) : distinct(own, numDraws, generator),
      row * numDraws,
    );
  }
  return drawn;
}

function checkWeights(weights: Float64Array, { row, numDraws }: { row: number; numDraws: number }): void {
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad >= 0) {
    throw new RangeError(
      `drawIndices: weights must be non-negative and finite, got ${weights[bad]} at index ${bad} of row ${row}`,
    );
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0 && sum < Infinity)) {
    throw new RangeError(`drawIndices: weights must have a positive, finite sum, got ${sum} in row ${row}`);
  }
  const numPositive = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  if (numDraws > numPositive) {
    throw new RangeError(
      `drawIndices: numDraws must be at most the ${numPositive} positive weights of row ${row} without replacement, got ${numDraws}`,
    );
  }
}

function replaced(weights: Float64Array, count: number, generator: Generator): number[] {
  return Array.from({ length: count }, () => categorical(generator, weights));
}

function distinct(weights: Float64Array, count: number, generator: Generator): number[] {
  const top = topCandidates(count);
  weights.forEach((weight, index) => {
    if (weight > 0) top.offer({ index, key: Math.log(weight) + standardGumbel(generator) });
  });
  return top.take().map(({ index }) => index);
}
