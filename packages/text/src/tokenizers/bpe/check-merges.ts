import type { BPEMerge } from "./bpe-merge.ts";

/** Throws unless `merges` is a list of pairs of non-empty strings. */
export function checkMerges(caller: string, merges: unknown): asserts merges is readonly BPEMerge[] {
  if (!Array.isArray(merges)) throw new TypeError(`${caller}: merges must be an array of pairs, got ${typeof merges}`);
  for (const [i, merge] of merges.entries()) {
    const isPair =
      Array.isArray(merge) && merge.length === 2 && merge.every((part) => typeof part === "string" && part);
    if (!isPair) {
      throw new TypeError(
        `${caller}: merges must be pairs of non-empty strings, got ${JSON.stringify(merge)} at position ${i}`,
      );
    }
  }
}
