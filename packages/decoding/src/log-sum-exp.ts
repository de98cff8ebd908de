import type { LoadedRow } from "./row-kernels/loaded-row.ts";

/**
 * `log(sum(exp(x - max)))` of one row of logits: what to take from `x - max` to make it a log-probability; to 5e-13 of itself.
 * The largest term, which is 1, stays out of the sum, so that a probability close to 1 keeps its distance to it.
 *
 * @param below default Infinity; where the logarithm is not below that, the result may be Infinity, for less work.
 */
export function logSumExp(
  row: LoadedRow,
  { max, largest, below = Infinity }: { max: number; largest: number; below?: number },
): number {
  const limit = Math.expm1(below) * (1 + 1e-9); // whose logarithm rounding leaves above `below`
  const sum = row.sumOfPowers({ max, factor: Math.LOG2E }, largest, limit);
  return sum >= limit ? Infinity : Math.log1p(sum);
}
