import type { Generator } from "./generator.ts";
import { checkSeed } from "./seed.ts";

const SIZE = 624;
const OFFSET = 397;

/**
 * MT19937 seeded as CPython's `random.seed(n)` seeds it: with it, `uniform`, `integer` and `shuffle` make the very
 * draws of Python's `random.random`, `random.randint` and `random.shuffle`. Use it to repeat a Python program's
 * minibatches; `xoshiro128` is smaller and faster for anything else.
 *
 * @param seed 0 to 4294967295.
 * @throws RangeError for any other seed.
 * @see Matsumoto and Nishimura, "Mersenne Twister" (1998), with the 2002 initialisation by array.
 */
export function mersenneTwister(seed: number): Generator {
  checkSeed("mersenneTwister", seed);
  const words = new Uint32Array(SIZE);
  words[0] = 19650218;
  for (let i = 1; i < SIZE; i++) words[i] = Math.imul(1812433253, carry(words, i)) + i;
  // Initialisation by the array [seed]; the index into that array stays 0.
  let i = 1;
  for (let round = 0; round < SIZE; round++) {
    words[i] = (words[i]! ^ Math.imul(carry(words, i), 1664525)) + seed;
    if (++i === SIZE) {
      words[0] = words[SIZE - 1]!;
      i = 1;
    }
  }
  for (let round = 0; round < SIZE - 1; round++) {
    words[i] = (words[i]! ^ Math.imul(carry(words, i), 1566083941)) - i;
    if (++i === SIZE) {
      words[0] = words[SIZE - 1]!;
      i = 1;
    }
  }
  words[0] = 0x80000000;
  return mersenneTwisterFrom(words, SIZE);
}

/** Continues MT19937 from its 624 words and the position of the next one; takes ownership of `words`. */
export function mersenneTwisterFrom(words: Uint32Array, position: number): Generator {
  return {
    uint32() {
      if (position === SIZE) {
        twist(words);
        position = 0;
      }
      let bits = words[position++]!;
      bits ^= bits >>> 11;
      bits ^= (bits << 7) & 0x9d2c5680;
      bits ^= (bits << 15) & 0xefc60000;
      return (bits ^ (bits >>> 18)) >>> 0;
    },
    state: () => ({ algorithm: "mersenne-twister", words: [...words, position] }),
  };
}

function carry(words: Uint32Array, i: number): number {
  return words[i - 1]! ^ (words[i - 1]! >>> 30);
}

function twist(words: Uint32Array): void {
  for (let i = 0; i < SIZE; i++) {
    const bits = (words[i]! & 0x80000000) | (words[(i + 1) % SIZE]! & 0x7fffffff);
    words[i] = words[(i + OFFSET) % SIZE]! ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
  }
}
