import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { chrf, chrfMetric, type ChrfOptions, sentenceChrf } from "../src/index.ts";

type Options = readonly [number, number, number, boolean, boolean, boolean];
type Case = readonly [
  name: string,
  numReferences: number,
  options: Options,
  statistics: readonly number[],
  score: number,
  metric: string,
  signature: string,
];

const { source, command, cases } = golden<{
  readonly segments: Readonly<Record<string, readonly string[]>>;
  readonly scores: readonly Case[];
}>(import.meta.url, "chrf");

const column = (statistics: readonly number[], start: number) => statistics.filter((_, at) => at % 3 === start);

function optionsOf([charOrder, wordOrder, beta, lowercase, whitespace, effectiveOrder]: Options): ChrfOptions {
  return { charOrder, wordOrder, beta, lowercase, whitespace, effectiveOrder };
}

describe(`chrF equals ${source} (${command})`, () => {
  const names = ["corpus", ...Object.keys(cases.segments)];

  it.each(names)('chrf of "%s", with every part of the score', (name) => {
    const rows = name === "corpus" ? Object.values(cases.segments) : [cases.segments[name]!];
    const hypotheses = rows.map((row) => row[0]!);
    for (const [, numReferences, options, statistics, score] of cases.scores.filter((row) => row[0] === name)) {
      const streams = Array.from({ length: numReferences }, (_, k) => rows.map((row) => row[k + 1]!));
      const result = { options, numReferences, ...chrf(hypotheses, streams, optionsOf(options)) };
      expect(result).toMatchObject({
        options,
        numReferences,
        score,
        hypothesisTotals: column(statistics, 0),
        referenceTotals: column(statistics, 1),
        matches: column(statistics, 2),
      });
      if (rows.length > 1) continue;
      const [[hypothesis = "", ...references] = []] = rows;
      expect(sentenceChrf(hypothesis, references.slice(0, numReferences), optionsOf(options)).score).toBe(score);
    }
  });

  it("chrfMetric has its statistics, scores, names and signatures", () => {
    const rows = Object.values(cases.segments);
    for (const [name, numReferences, options, statistics, score, title, signature] of cases.scores) {
      const metric = chrfMetric(optionsOf(options));
      const counts = new Float64Array(metric.width);
      const sums = new Float64Array(metric.width);
      for (const [hypothesis, ...references] of name === "corpus" ? rows : [cases.segments[name]!]) {
        metric.statistics(hypothesis!, references.slice(0, numReferences), counts);
        counts.forEach((count, d) => (sums[d]! += count));
      }
      expect(Array.from(sums)).toEqual(statistics);
      expect([metric.score(sums), metric.name, metric.signature(numReferences)]).toEqual([score, title, signature]);
    }
  });
});
