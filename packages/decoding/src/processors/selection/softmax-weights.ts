import { negativeExp } from "../../negative-exp.ts";

/**
 * Writes `exp(score - max)` of one row into `weights`, [V] or longer: the numerators of its softmax.
 *
 * @returns their sum.
 */
export function softmaxWeights(scores: Float32Array, max: number, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += weights[i] = negativeExp(max - scores[i]!);
  return sum;
}
