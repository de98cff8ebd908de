/** Throws unless `seed` is an integer that 32 bits hold without a sign. */
export function checkSeed(caller: string, seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`${caller}: seed must be an integer from 0 to 4294967295, got ${seed}`);
  }
}
