import { bootstrapScores, drawWithReplacement } from "./bootstrap-scores.ts";
import { checkCount, checkSegments } from "./check-resampling.ts";
import { corpusScore } from "./corpus-score.ts";
import type { RandomBits } from "./random-bits.ts";
import type { SegmentStatistics } from "./segment-statistics.ts";

/** How often segments are drawn anew, and by what. */
export interface BootstrapOptions {
  /** S; default 1000. */
  readonly numSamples?: number;
  /** Advanced; the same seed draws the same samples. */
  readonly generator: RandomBits;
}

/** A score with the interval that resampling puts around it. */
export interface ScoreInterval {
  /** Of the corpus as it is. */
  readonly score: number;
  /** Of the samples' scores. */
  readonly mean: number;
  /** Half the width of the interval that holds 95 % of the samples' scores: sacreBLEU prints `mean ± halfWidth`. */
  readonly halfWidth: number;
}

/**
 * The 95 % confidence interval of one system's score, by bootstrap: N segments are drawn with replacement S times, and each
 * sample is scored as a corpus.
 *
 * @param statistics of `segmentStatistics`. Borrowed.
 * @throws RangeError when `numSamples` is no positive integer.
 * @see Koehn, "Statistical Significance Tests for Machine Translation Evaluation" (2004); as sacreBLEU 2.6.
 */
export function confidenceInterval(
  statistics: SegmentStatistics,
  { numSamples = 1000, generator }: BootstrapOptions,
): ScoreInterval {
  checkSegments("confidenceInterval", "statistics", statistics);
  checkCount("confidenceInterval", "numSamples", numSamples);
  const [scores] = bootstrapScores([statistics], { numSamples, draw: drawWithReplacement(generator) });
  return scoreInterval(corpusScore(statistics), scores!);
}

/** The interval around a score, from the scores of samples: the mean, and half of what lies between the outer fortieths. */
export function scoreInterval(score: number, samples: Float64Array): ScoreInterval {
  const sorted = samples.slice().sort();
  const outside = Math.floor(sorted.length / 40);
  const halfWidth = (sorted[sorted.length - 1 - outside]! - sorted[outside]!) / 2;
  return { score, mean: samples.reduce((left, right) => left + right) / samples.length, halfWidth };
}
