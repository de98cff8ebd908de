import type { Generator } from "./generator.ts";

/**
 * An integer drawn uniformly from 0 to `count - 1`, without bias: the top bits of a word, drawn again while they are
 * too large (the method of CPython's `random.randrange`).
 *
 * @param count 1 to 4294967295.
 * @throws RangeError for any other count.
 */
export function integer(generator: Generator, count: number): number {
  if (!Number.isInteger(count) || count < 1 || count > 0xffffffff) {
    throw new RangeError(`integer: count must be an integer from 1 to 4294967295, got ${count}`);
  }
  const shift = Math.clz32(count);
  for (;;) {
    const drawn = generator.uint32() >>> shift;
    if (drawn < count) return drawn;
  }
}
