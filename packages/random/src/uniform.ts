import type { Generator } from "./generator.ts";

/**
 * A number drawn uniformly from [low, high), with the 53 random bits of a double (two words of the generator).
 *
 * @param bounds default 0 and 1. Where `low` is not 0, rounding may, very rarely, return `high` itself.
 */
export function uniform(generator: Generator, { low = 0, high = 1 }: { low?: number; high?: number } = {}): number {
  const upper = generator.uint32() >>> 5;
  const lower = generator.uint32() >>> 6;
  return low + (high - low) * ((upper * 67108864 + lower) / 9007199254740992);
}
