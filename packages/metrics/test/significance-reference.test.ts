import { xoshiro128 } from "@rnnkit/random";
import { sharedFile } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { approximateRandomization, bleuMetric, pairedBootstrap, segmentStatistics } from "../src/index.ts";

const published = sharedFile("reference/sacrebleu_significance.json");
const texts = sharedFile("data/bleu/wmt17-en-de-systems.tsv.gz");
const absent = [published, texts].find((file) => !file.isPresent);
const reason = absent ? `: ${absent.reason}` : "";

describe.skipIf(absent)(`significance of 15 systems of WMT17 is that of Moses and MultEval${reason}`, () => {
  const [header = [], ...rows] = absent
    ? []
    : texts
        .text()
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t"));
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]!);
  const names = header.filter((name) => name !== "reference");
  const expected = absent ? {} : JSON.parse(published.text());
  const [baseline, ...systems] = absent
    ? []
    : segmentStatistics(bleuMetric({ tokenizer: "none" }), {
        systems: names.map(column),
        references: [column("reference")],
      });

  /** Both are shares of n random samples: allows four standard deviations of their difference. */
  function expectAlike(found: number, other: number, n: number): void {
    const deviation = Math.sqrt((2 * Math.max(other * (1 - other), 1 / n)) / n);
    expect(Math.abs(found - other)).toBeLessThan(4 * deviation);
  }

  it("pairedBootstrap of 2000 samples", () => {
    const result = pairedBootstrap(baseline!, systems, { numSamples: 2000, generator: xoshiro128(12345) });
    expect(systems).toHaveLength(15);
    result.systems.forEach(({ pValue }, k) => {
      expectAlike(pValue, expected.moses_bootstrap_p[`newstest2017.${names[k + 1]}.en-de`], 2000);
    });
  });

  it("approximateRandomization of 10 000 trials", () => {
    const result = approximateRandomization(baseline!, systems, { generator: xoshiro128(12345) });
    result.systems.forEach(({ pValue }, k) => {
      const [bleu] = expected.multeval_ar_p_bleu_ter[`newstest2017.${names[k + 1]}.en-de`];
      expectAlike(pValue, bleu, 10_000);
    });
  });
});
