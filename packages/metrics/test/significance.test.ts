import { xoshiro128 } from "@rnnkit/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawWithReplacement } from "../src/bootstrap-scores.ts";
import {
  approximateRandomization,
  confidenceInterval,
  corpusScore,
  type CorpusMetric,
  pairedBootstrap,
  segmentStatistics,
  type SegmentStatistics,
} from "../src/index.ts";
import { sampleSums } from "../src/sample-sums.ts";

/** The share of segments that equal a reference, in per cent. */
const exactMatches: CorpusMetric = {
  name: "matches",
  signature: (numReferences) => `nrefs:${numReferences}`,
  isHigherBetter: true,
  width: 2,
  statistics(hypothesis, references, out) {
    out[0] = references.includes(hypothesis) ? 1 : 0;
    out[1] = 1;
  },
  score: (sums) => (100 * sums[0]!) / sums[1]!,
};

const references = (count: number) => [Array.from({ length: count }, () => "right")];
const hypotheses = (marks: string) => Array.from(marks, (mark) => (mark === "1" ? "right" : "wrong"));
const statistics = (marks: string) =>
  segmentStatistics(exactMatches, { systems: [hypotheses(marks)], references: references(marks.length) })[0];
const share = (right: number, count: number) => statistics("1".repeat(right) + "0".repeat(count - right));

describe("segmentStatistics and corpusScore", () => {
  it("segmentStatistics(metric, texts) holds a row a segment, of which corpusScore is the score of the sum", () => {
    const result = statistics("101");
    expect(result).toEqual({ metric: exactMatches, values: Float64Array.of(1, 1, 0, 1, 1, 1) });
    expect(corpusScore(result)).toBeCloseTo(200 / 3, 12);
  });

  it("segmentStatistics of several systems gives each the record that it has alone", () => {
    const systems = ["101", "011"].map(hypotheses);
    const records = segmentStatistics(exactMatches, { systems, references: references(3) });
    expect(records).toEqual([statistics("101"), statistics("011")]);
    expect(segmentStatistics(exactMatches, { systems: [], references: references(3) })).toEqual([]);
  });

  it("segmentStatistics hands a segment those of the references that it has", () => {
    const streams = [
      ["a", undefined, "c"],
      ["b", "b", null],
    ];
    const [{ values }] = segmentStatistics(exactMatches, { systems: [["b", "b", "b"]], references: streams });
    expect([...values]).toEqual([1, 1, 1, 1, 0, 1]);
  });

  it.each([
    [
      [["a", "b", "c"]],
      [["a"], ["b"], ["c"]],
      "references[0] must have as many segments as hypotheses, 3, got 1" +
        " (references are streams: references[k][i] belongs to hypotheses[i])",
    ],
    [[["a", "b"], ["a"]], [["a", "b"]], "systems[1] must have as many segments as systems[0], 2, got 1"],
  ])("segmentStatistics of %j against %j names what does not fit", (systems, streams, message) => {
    const call = () => segmentStatistics(exactMatches, { systems, references: streams });
    expect(call).toThrow(new RangeError(`segmentStatistics: ${message}`));
  });
});

describe("sampleSums", () => {
  it("sampleSums equals the plain sums for any number of systems, statistics, segments and samples", () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, size, fc.integer({ min: 1, max: 3 }), (numSegments, width, numSamples, count) => {
        const systems = Array.from({ length: count }, (_, k) =>
          Float64Array.from({ length: numSegments * width }, (_value, i) => (7 * i + 3 * k) % 11),
        );
        const samples = Array.from({ length: numSamples }, (_, s) =>
          Array.from({ length: numSegments }, (_value, i) => (5 * s + 3 * i) % 4),
        );
        const drawn = samples.values();
        const found: (readonly [number, number, number[]])[] = [];
        sampleSums(
          systems,
          { width, numSamples, draw: (weights) => weights.set(drawn.next().value!) },
          (k, s, sums) => {
            found.push([k, s, [...sums]]);
          },
        );
        const expected = systems.flatMap((values, k) =>
          samples.map((weights, s) => {
            const sums = Array.from({ length: width }, (_, d) =>
              weights.reduce((sum, weight, i) => sum + weight * values[i * width + d]!, 0),
            );
            return [k, s, sums];
          }),
        );
        expect(found.sort(([k, s], [l, t]) => k - l || s - t)).toEqual(expected);
      }),
      { seed: 20 },
    );
  });
});

describe("drawWithReplacement", () => {
  it.each([1, 2, 3, 8, 100])("drawWithReplacement(generator) draws each of %d segments equally often", (count) => {
    const draw = drawWithReplacement(xoshiro128(3));
    const total = new Float64Array(count);
    const numDraws = Math.ceil(40_000 / count);
    for (let i = 0; i < numDraws; i++) {
      const weights = new Float64Array(count);
      draw(weights);
      weights.forEach((weight, segment) => (total[segment]! += weight));
    }
    expect(total.reduce((left, right) => left + right)).toBe(numDraws * count);
    const deviation = Math.sqrt(numDraws); // of a sum of nearly independent counts of mean and variance 1
    for (const each of total) expect(Math.abs(each - numDraws)).toBeLessThan(4.5 * deviation);
  });
});

describe("confidenceInterval", () => {
  it("confidenceInterval of a share has the width of the binomial distribution", () => {
    const { score, mean, halfWidth } = confidenceInterval(share(120, 400), {
      numSamples: 4000,
      generator: xoshiro128(1),
    });
    const deviation = 100 * Math.sqrt((0.3 * 0.7) / 400);
    expect(score).toBe(30);
    expect(Math.abs(mean - 30)).toBeLessThan((4 * deviation) / Math.sqrt(4000));
    expect(halfWidth / (1.96 * deviation)).toBeGreaterThan(0.93);
    expect(halfWidth / (1.96 * deviation)).toBeLessThan(1.07);
  });

  it("confidenceInterval of segments that are all alike has no width", () => {
    const options = { numSamples: 50, generator: xoshiro128(1) };
    expect(confidenceInterval(statistics("1111"), options)).toEqual({ score: 100, mean: 100, halfWidth: 0 });
    expect(confidenceInterval(statistics("0"), options)).toEqual({ score: 0, mean: 0, halfWidth: 0 });
  });

  it("confidenceInterval is the same for the same seed, and draws 1000 samples unless told otherwise", () => {
    const interval = (seed: number, numSamples?: number) =>
      confidenceInterval(share(5, 30), { generator: xoshiro128(seed), ...(numSamples && { numSamples }) });
    expect(interval(1)).toEqual(interval(1, 1000));
    expect(interval(1)).not.toEqual(interval(2));
  });
});

describe("pairedBootstrap and approximateRandomization", () => {
  // 40 segments: 10 that both get right, 20 that neither does, 10 on which they differ.
  const pair = (wins: number) => [
    statistics("1".repeat(10) + "0".repeat(20) + "0".repeat(wins) + "1".repeat(10 - wins)),
    statistics("1".repeat(10) + "0".repeat(20) + "1".repeat(wins) + "0".repeat(10 - wins)),
  ];
  const pValues = (baseline: SegmentStatistics, system: SegmentStatistics) => ({
    bootstrap: pairedBootstrap(baseline, [system], { numSamples: 4000, generator: xoshiro128(7) }).systems[0]!.pValue,
    randomization: approximateRandomization(baseline, [system], { numTrials: 4000, generator: xoshiro128(7) })
      .systems[0]!.pValue,
  });

  it.each([
    // wins of 10, the two-sided sign test: the share of 2^10 outcomes that are more extreme
    [10, 0],
    [9, 2 / 1024],
    [8, 22 / 1024],
    [7, 112 / 1024],
  ])("approximateRandomization with %d wins of 10 is the sign test", (wins, expected) => {
    const [baseline, system] = pair(wins);
    const { randomization } = pValues(baseline!, system!);
    expect(Math.abs(randomization - expected)).toBeLessThan(4 * Math.sqrt((expected + 1 / 4000) / 4000));
  });

  it("both find a difference on all segments certain, and one on a few segments likely by chance", () => {
    const certain = pValues(share(0, 60), share(60, 60));
    expect(certain).toEqual({ bootstrap: 1 / 4001, randomization: 1 / 4001 });
    const [baseline, system] = pair(6);
    const likely = pValues(baseline!, system!);
    expect(likely.bootstrap).toBeGreaterThan(0.05);
    expect(likely.randomization).toBeGreaterThan(0.2);
  });

  it("both give a system that equals the baseline the least p-value, as sacreBLEU does", () => {
    const baseline = share(7, 20);
    expect(pValues(baseline, share(7, 20))).toEqual({ bootstrap: 1 / 4001, randomization: 1 / 4001 });
  });

  it("pairedBootstrap compares every system on the same samples, whatever stands beside it", () => {
    const [baseline, system] = pair(7);
    const options = () => ({ generator: xoshiro128(5), numSamples: 101 });
    const alone = pairedBootstrap(baseline!, [system!], options());
    const among = pairedBootstrap(baseline!, [share(3, 40), system!], options());
    expect(among.systems[1]).toEqual(alone.systems[0]);
    expect(alone.baseline).toEqual(confidenceInterval(baseline!, options()));
    expect(alone.systems[0]).toMatchObject(confidenceInterval(system!, options()));
  });

  it("both run 1000 samples and 10 000 trials unless told otherwise", () => {
    const [baseline, system] = [share(0, 9), share(9, 9)];
    const generator = xoshiro128(5);
    const { pValue } = pairedBootstrap(baseline, [system], { generator }).systems[0]!;
    expect(pValue).toBe(1 / 1001);
    const trials = approximateRandomization(baseline, [system], { generator }).systems[0]!;
    // The mixtures differ as much as the systems where all coins agree, and never more.
    expect(trials).toEqual({ score: 100, pValue: 1 / 10_001 });
  });

  const other: CorpusMetric = { ...exactMatches, name: "others" };
  it.each([
    [statistics("1"), [], {}, "systems must hold at least one, got 0"],
    [statistics("10"), [statistics("1")], {}, "systems[0] must have as many segments as the baseline, 2, got 1"],
    [
      statistics("1"),
      [statistics("1"), { ...statistics("1"), metric: other }],
      {},
      "systems[1] must be measured by the metric of the baseline, matches, got another, others",
    ],
    [
      { metric: exactMatches, values: new Float64Array(0) },
      [statistics("1")],
      {},
      "baseline must hold the statistics of one or more segments, got those of 0",
    ],
    [
      { metric: exactMatches, values: new Float64Array(3) },
      [statistics("1")],
      {},
      "baseline must hold the statistics of one or more segments, got those of 1.5",
    ],
    [statistics("1"), [statistics("1")], { numSamples: 0, numTrials: 0 }, /^\w+: num\w+ must be .* integer, got 0$/],
    [
      statistics("1"),
      [statistics("1")],
      { numSamples: 1.5, numTrials: 1.5 },
      /^\w+: num\w+ must be .* integer, got 1.5$/,
    ],
  ])("both refuse %j, %j, %j", (baseline, systems, options, message) => {
    for (const test of [pairedBootstrap, approximateRandomization]) {
      const call = () => test(baseline, systems, { generator: xoshiro128(1), ...options });
      expect(call).toThrow(RangeError);
      expect(call).toThrow(typeof message === "string" ? `${test.name}: ${message}` : message);
    }
  });

  it("confidenceInterval refuses what they refuse", () => {
    const generator = xoshiro128(1);
    expect(() => confidenceInterval(statistics("1"), { generator, numSamples: -1 })).toThrow(
      new RangeError("confidenceInterval: numSamples must be a positive integer, got -1"),
    );
    expect(() => confidenceInterval({ ...statistics("1"), values: new Float64Array(1) }, { generator })).toThrow(
      new RangeError(
        "confidenceInterval: statistics must hold the statistics of one or more segments, got those of 0.5",
      ),
    );
  });
});
