import { checkCount, checkPairedSystems } from "./check-resampling.ts";
import { sumSegments } from "./corpus-score.ts";
import { pValue } from "./p-value.ts";
import type { RandomBits } from "./random-bits.ts";
import { type DrawWeights, sampleSums } from "./sample-sums.ts";
import type { SegmentStatistics } from "./segment-statistics.ts";

/** How often the segments of two systems are mixed, and by what. */
export interface RandomizationOptions {
  /** T; default 10 000. */
  readonly numTrials?: number;
  /** Advanced; the same seed mixes alike. */
  readonly generator: RandomBits;
}

/** A system beside the baseline. */
export interface RandomizationComparison {
  readonly score: number;
  /** How likely so great a difference from the baseline's score is by chance, two-sided. */
  readonly pValue: number;
}

/** What {@link approximateRandomization} finds. */
export interface ApproximateRandomization {
  readonly baseline: { readonly score: number };
  readonly systems: readonly RandomizationComparison[];
}

/**
 * The approximate randomization test: T times, a coin decides for each segment which of two mixtures gets the baseline's
 * and which the system's; p is the share of trials in which the mixtures differ by more than the two systems do.
 *
 * A system whose segments all score as the baseline's has p = 1 / (T + 1), as in sacreBLEU: what is always 0 never exceeds 0.
 *
 * @param baseline of `segmentStatistics`. Borrowed.
 * @param systems of the same metric and segments. Borrowed.
 * @throws RangeError for no system, another metric or number of segments, or a `numTrials` that is no positive integer.
 * @see Riezler and Maxwell, "On Some Pitfalls in Automatic Evaluation" (2005); as sacreBLEU 2.6 and MultEval.
 */
export function approximateRandomization(
  baseline: SegmentStatistics,
  systems: readonly SegmentStatistics[],
  { numTrials = 10_000, generator }: RandomizationOptions,
): ApproximateRandomization {
  checkPairedSystems("approximateRandomization", baseline, systems);
  checkCount("approximateRandomization", "numTrials", numTrials);
  return approximateRandomizationOf(baseline, systems, { numTrials, draw: drawHalves(generator) });
}

/** The test over coins thrown by the caller: weight 1 gives the baseline's segment to the first mixture. */
export function approximateRandomizationOf(
  baseline: SegmentStatistics,
  systems: readonly SegmentStatistics[],
  { numTrials, draw }: { readonly numTrials: number; readonly draw: DrawWeights },
): ApproximateRandomization {
  const { metric, values } = baseline;
  const { width } = metric;
  // The first mixture is the system plus the drawn share of baseline - system; the second is what remains of both.
  const differences = systems.map((system) => values.map((value, i) => value - system.values[i]!));
  const baselineSums = sumSegments(values, width);
  const systemSums = systems.map((system) => sumSegments(system.values, width));
  const byChance = systems.map(() => new Float64Array(numTrials));
  const first = new Float64Array(width);
  const second = new Float64Array(width);
  sampleSums(differences, { width, numSamples: numTrials, draw }, (system, trial, share) => {
    for (let d = 0; d < width; d++) {
      first[d] = systemSums[system]![d]! + share[d]!;
      second[d] = baselineSums[d]! - share[d]!;
    }
    byChance[system]![trial] = Math.abs(metric.score(first) - metric.score(second));
  });
  const baselineScore = metric.score(baselineSums);
  return {
    baseline: { score: baselineScore },
    systems: systems.map((_, k) => {
      const score = metric.score(systemSums[k]!);
      return { score, pValue: pValue(byChance[k]!, Math.abs(score - baselineScore)) };
    }),
  };
}

/** Throws a coin for each segment. */
function drawHalves(generator: RandomBits): DrawWeights {
  return (weights) => {
    let bits = 0;
    for (let i = 0; i < weights.length; i++) {
      if (i % 32 === 0) bits = generator.uint32();
      weights[i] = bits & 1;
      bits >>>= 1;
    }
  };
}
