import type { RandomBits } from "./random-bits.ts";
import { type DrawWeights, sampleSums } from "./sample-sums.ts";
import type { SegmentStatistics } from "./segment-statistics.ts";

/** The scores of `numSamples` samples of segments, the same samples for every system: [S] for each. */
export function bootstrapScores(
  systems: readonly SegmentStatistics[],
  { numSamples, draw }: { readonly numSamples: number; readonly draw: DrawWeights },
): Float64Array[] {
  const { metric } = systems[0]!;
  const scores = systems.map(() => new Float64Array(numSamples));
  sampleSums(
    systems.map(({ values }) => values),
    { width: metric.width, numSamples, draw },
    (system, sample, sums) => {
      scores[system]![sample] = metric.score(sums);
    },
  );
  return scores;
}

/** Draws N segments of N with replacement, each equally likely: the top bits of a word, again while they are too large. */
export function drawWithReplacement(generator: RandomBits): DrawWeights {
  return (weights) => {
    const shift = Math.clz32(weights.length);
    for (let left = weights.length; left > 0;) {
      const segment = generator.uint32() >>> shift;
      if (segment >= weights.length) continue;
      weights[segment]!++;
      left--;
    }
  };
}
