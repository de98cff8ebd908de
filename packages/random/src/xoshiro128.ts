import type { Generator } from "./generator.ts";
import { checkSeed } from "./seed.ts";

/**
 * A seeded generator for everyday use: xoshiro128**, period 2^128 - 1, four words of state.
 *
 * @param seed 0 to 4294967295; splitmix32 spreads it over the state, so neighbouring seeds give unrelated streams.
 * @throws RangeError for any other seed.
 * @see Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators" (2018).
 */
export function xoshiro128(seed: number): Generator {
  checkSeed("xoshiro128", seed);
  let counter = seed;
  const splitmix32 = (): number => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = counter ^ (counter >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return xoshiro128From([splitmix32(), splitmix32(), splitmix32(), splitmix32()]);
}

/** Continues xoshiro128** from four words that are not all zero. */
export function xoshiro128From(words: readonly [number, number, number, number]): Generator {
  let [a, b, c, d] = words;
  return {
    uint32() {
      const scaled = Math.imul(b, 5);
      const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      return result;
    },
    state: () => ({ algorithm: "xoshiro128", words: [a >>> 0, b >>> 0, c >>> 0, d >>> 0] }),
  };
}
