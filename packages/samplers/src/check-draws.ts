import type { EpochDraws } from "./drawn-epochs.ts";

/** Throws unless `seed` is a seed and `draws` one of the ways to draw. */
export function checkDraws(caller: string, { seed, draws }: { seed: number; draws: EpochDraws }): void {
  checkSeed(caller, seed);
  if (draws !== "independent" && draws !== "consecutive") {
    throw new RangeError(`${caller}: draws must be "independent" or "consecutive", got ${JSON.stringify(draws)}`);
  }
}

/** Throws unless `seed` is an integer from 0 to 4294967295. */
export function checkSeed(caller: string, seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`${caller}: seed must be an integer from 0 to 4294967295, got ${seed}`);
  }
}
