import { bootstrapScores, drawWithReplacement } from "./bootstrap-scores.ts";
import { checkCount, checkPairedSystems } from "./check-resampling.ts";
import { type BootstrapOptions, type ScoreInterval, scoreInterval } from "./confidence-interval.ts";
import { corpusScore } from "./corpus-score.ts";
import { pValue } from "./p-value.ts";
import type { DrawWeights } from "./sample-sums.ts";
import type { SegmentStatistics } from "./segment-statistics.ts";

/** A system beside the baseline. */
export interface BootstrapComparison extends ScoreInterval {
  /** How likely so great a difference from the baseline's score is by chance, two-sided. */
  readonly pValue: number;
}

/** What {@link pairedBootstrap} finds. */
export interface PairedBootstrap {
  readonly baseline: ScoreInterval;
  readonly systems: readonly BootstrapComparison[];
}

/**
 * The paired bootstrap test: all systems are scored on the same S samples of segments, and p is the share of samples whose
 * absolute difference from the baseline, less the mean of these, exceeds the difference of the true scores.
 *
 * A system whose segments all score as the baseline's has p = 1 / (S + 1), as in sacreBLEU: what is always 0 never exceeds 0.
 *
 * @param baseline of `segmentStatistics`. Borrowed.
 * @param systems of the same metric and segments. Borrowed.
 * @throws RangeError for no system, another metric or number of segments, or a `numSamples` that is no positive integer.
 * @see Koehn (2004); as sacreBLEU 2.6 and the script of Moses that it follows.
 */
export function pairedBootstrap(
  baseline: SegmentStatistics,
  systems: readonly SegmentStatistics[],
  { numSamples = 1000, generator }: BootstrapOptions,
): PairedBootstrap {
  checkPairedSystems("pairedBootstrap", baseline, systems);
  checkCount("pairedBootstrap", "numSamples", numSamples);
  return pairedBootstrapOf(baseline, systems, { numSamples, draw: drawWithReplacement(generator) });
}

/** The test over samples drawn by the caller. */
export function pairedBootstrapOf(
  baseline: SegmentStatistics,
  systems: readonly SegmentStatistics[],
  samples: { readonly numSamples: number; readonly draw: DrawWeights },
): PairedBootstrap {
  const [baselineScores, ...systemScores] = bootstrapScores([baseline, ...systems], samples);
  const baselineInterval = scoreInterval(corpusScore(baseline), baselineScores!);
  return {
    baseline: baselineInterval,
    systems: systems.map((system, k) => {
      const scores = systemScores[k]!;
      const interval = scoreInterval(corpusScore(system), scores);
      const differences = scores.map((score, sample) => Math.abs(score - baselineScores![sample]!));
      const mean = differences.reduce((left, right) => left + right) / differences.length;
      const byChance = differences.map((difference) => difference - mean);
      return { ...interval, pValue: pValue(byChance, Math.abs(interval.score - baselineInterval.score)) };
    }),
  };
}
