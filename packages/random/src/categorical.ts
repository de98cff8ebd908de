import type { Generator } from "./generator.ts";
import { uniform } from "./uniform.ts";

/**
 * An index drawn with probability proportional to its weight; never one whose weight is zero.
 *
 * @param weights non-negative and finite, with a positive sum; they need not sum to 1. Borrowed.
 * @throws RangeError when a weight is negative, infinite or NaN, or all are zero.
 */
export function categorical(generator: Generator, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`categorical: weights must be non-negative and finite, got ${weight} at index ${i}`);
    }
    total += weight;
  }
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(`categorical: weights must have a positive, finite sum, got ${total}`);
  }
  let left = uniform(generator) * total;
  let chosen = -1;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    chosen = i; // kept when rounding leaves a little of `left` after the last positive weight
    left -= weight;
    if (left < 0) break;
  }
  return chosen;
}
