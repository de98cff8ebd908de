import type { Generator } from "@rnnkit/random";
import { standardGumbel } from "./standard-gumbel.ts";

/**
 * Log-probabilities with Gumbel noise, given that the largest of them is `maximum`; impossible ones stay at -Infinity.
 *
 * @param out [V], written.
 * @see Kool et al., "Stochastic Beams and Where to Find Them" (2019), appendix B.3, for the form that keeps its digits.
 */
export function conditionedGumbels(
  out: Float64Array,
  options: { logProbabilityOf: (token: number) => number; maximum: number; generator: Generator },
): void {
  const { logProbabilityOf, maximum, generator } = options;
  let largest = -Infinity;
  for (let token = 0; token < out.length; token++) {
    const logProbability = logProbabilityOf(token);
    out[token] = logProbability === -Infinity ? -Infinity : logProbability + standardGumbel(generator);
    largest = Math.max(largest, out[token]!);
  }
  for (let token = 0; token < out.length; token++) {
    const free = out[token]!;
    if (free === -Infinity) continue;
    const distance = maximum - free + Math.log1p(-Math.exp(free - largest));
    out[token] = maximum - Math.max(0, distance) - Math.log1p(Math.exp(-Math.abs(distance)));
  }
}
