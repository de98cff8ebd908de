import { negativeExp } from "./negative-exp.ts";

/**
 * `log(sum(exp(x - max)))` of one row of logits: what to take from `x - max` to make it a log-probability. The largest
 * term, which is 1, stays out of the sum, so that a probability close to 1 keeps its distance to it.
 *
 * @param largest the index of the largest logit.
 */
export function logSumExp(logits: ArrayLike<number>, largest: number): number {
  const max = logits[largest]!;
  let rest = 0;
  for (let i = 0; i < largest; i++) rest += negativeExp(max - logits[i]!);
  for (let i = largest + 1; i < logits.length; i++) rest += negativeExp(max - logits[i]!);
  return Math.log1p(rest);
}
