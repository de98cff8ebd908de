import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { approximateRandomizationOf } from "../src/approximate-randomization.ts";
import { bleuMetric, chrfMetric, segmentStatistics, terMetric } from "../src/index.ts";
import { pairedBootstrapOf } from "../src/paired-bootstrap.ts";
import type { DrawWeights } from "../src/sample-sums.ts";

interface Result {
  readonly score: number;
  readonly p_value?: number;
  readonly mean: number;
  readonly ci: number;
}

type Results = Readonly<Record<"bleu" | "chrf" | "ter", readonly [Result, ...Result[]]>>;

const { source, command, cases } = golden<{
  readonly systems: readonly (readonly string[])[];
  readonly references: readonly (readonly string[])[];
  /** A letter a segment drawn: `a` is the first. */
  readonly samples: readonly string[];
  /** A digit a segment: 1 gives the baseline's to the first mixture. */
  readonly trials: readonly string[];
  readonly bootstrap: Results;
  readonly randomization: Results;
}>(import.meta.url, "significance");

const metrics = { bleu: bleuMetric(), chrf: chrfMetric(), ter: terMetric() };

function drawRows(rows: readonly string[], draw: (weights: Float64Array, row: string) => void): DrawWeights {
  const left = rows.values();
  return (weights) => draw(weights, left.next().value!);
}

describe.each(["bleu", "chrf", "ter"] as const)(`%s: tests equal ${source} (${command}) on its samples`, (name) => {
  const { systems: texts, references } = cases;
  const [baseline, ...systems] = segmentStatistics(metrics[name], { systems: texts, references });

  it("pairedBootstrap: scores, p-values, means and intervals", () => {
    const draw = drawRows(cases.samples, (weights, row) => {
      for (const letter of row) weights[letter.charCodeAt(0) - 97]!++;
    });
    const numSamples = cases.samples.length;
    const result = pairedBootstrapOf(baseline!, systems, { numSamples, draw });
    // sacreBLEU resamples in single precision, which shows in the mean and the interval of chrF and TER.
    const interval = ({ score, mean, ci }: Result) => ({
      score: expect.closeTo(score, 11),
      mean: expect.closeTo(mean, 4),
      halfWidth: expect.closeTo(ci, 4),
    });
    const [first, ...others] = cases.bootstrap[name];
    expect(result).toEqual({
      baseline: interval(first),
      systems: others.map((each) => ({ ...interval(each), pValue: each.p_value })),
    });
  });

  it("approximateRandomization: scores and p-values", () => {
    const draw = drawRows(cases.trials, (weights, row) => weights.set(Array.from(row, Number)));
    const result = approximateRandomizationOf(baseline!, systems, { numTrials: cases.trials.length, draw });
    const [first, ...others] = cases.randomization[name];
    expect(result).toEqual({
      baseline: { score: expect.closeTo(first.score, 11) },
      systems: others.map(({ score, p_value: pValue }) => ({ score: expect.closeTo(score, 11), pValue })),
    });
  });
});
