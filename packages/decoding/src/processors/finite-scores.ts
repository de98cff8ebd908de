import type { LogitsProcessor } from "./logits-processor.ts";

const LARGEST = 3.4028234663852886e38; // of float32

/** Replaces NaN by 0, and an infinite score by the largest or smallest number of single precision. */
export function finiteScores(): LogitsProcessor {
  return (scores) => {
    for (let i = 0; i < scores.length; i++) {
      const score = scores[i]!;
      if (!Number.isFinite(score)) scores[i] = Number.isNaN(score) ? 0 : Math.sign(score) * LARGEST;
    }
  };
}
