import { checkSeed } from "./seed.ts";

/**
 * A seed for one purpose of many: different purposes of one seed get unrelated streams, and none depends on how much
 * another draws.
 *
 * @param seed 0 to 4294967295.
 * @param purpose any text or number, for instance `"weights"`, or the index of an epoch.
 * @returns an integer from 0 to 4294967295.
 */
export function deriveSeed(seed: number, purpose: string | number): number {
  checkSeed("deriveSeed", seed);
  // FNV-1a over the purpose, started from the seed, with MurmurHash3's finaliser.
  let hash = seed ^ 0x811c9dc5;
  for (const unit of `${typeof purpose}:${purpose}`) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
