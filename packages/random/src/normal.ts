import type { Generator } from "./generator.ts";
import { uniform } from "./uniform.ts";

/**
 * A number drawn from the normal distribution, by the Box-Muller transform of two uniform draws (the second number of
 * the pair is not kept, so that a draw depends on the generator alone).
 *
 * @param parameters default mean 0 and standard deviation 1.
 */
export function normal(
  generator: Generator,
  { mean = 0, standardDeviation = 1 }: { mean?: number; standardDeviation?: number } = {},
): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(generator))); // 1 - u lies in (0, 1]: the logarithm is finite
  return mean + standardDeviation * radius * Math.cos(2 * Math.PI * uniform(generator));
}
