import { describe, expect, it } from "vitest";
import {
  cerMetric,
  characterErrorRate,
  corpusScore,
  segmentStatistics,
  werMetric,
  wordErrorRate,
} from "../src/index.ts";

const hypotheses = ["the cat sat", "", "a b c d", "one", " \u00e9t\u00e9  "];
const references = ["the cat sat", "gone away", "a x d", "", "\u00e9t\u00e9 \u{1f600}"];

describe.each([
  ["wer", werMetric, wordErrorRate],
  ["cer", cerMetric, characterErrorRate],
] as const)("%sMetric", (name, metric, errorRate) => {
  it("as corpusScore is the error rate in per cent", () => {
    const [statistics] = segmentStatistics(metric(), { systems: [hypotheses], references: [references] });
    expect(corpusScore(statistics)).toBe(100 * errorRate(hypotheses, references).rate);
    expect(corpusScore(statistics)).toBeGreaterThan(0);
  });

  it("names itself, and says that less is better", () => {
    expect(metric()).toMatchObject({ name: name.toUpperCase(), isHigherBetter: false });
    expect(metric().signature(1)).toBe("nrefs:1|case:mixed");
  });

  it("refuses a segment of two references", () => {
    const streams = [references, references];
    expect(() => segmentStatistics(metric(), { systems: [hypotheses], references: streams })).toThrow(
      new RangeError(`${name}Metric: references must be one a segment, got 2`),
    );
  });
});
