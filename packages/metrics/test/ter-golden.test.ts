import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { ter, terMetric, type TerOptions, terStatistics } from "../src/index.ts";
import { resolveTerOptions } from "../src/ter-options.ts";
import { tokenizeTercom } from "../src/tokenize-tercom.ts";

type Case = readonly [
  numReferences: number,
  options: readonly [boolean, boolean, boolean, boolean],
  statistics: readonly (readonly [number, number])[],
  score: number,
  signature: string,
];

const { source, command, cases } = golden<{
  readonly segments: Readonly<Record<string, readonly string[]>>;
  readonly scores: readonly Case[];
  readonly settings: readonly (readonly [boolean, boolean, boolean])[];
  readonly tokens: readonly (readonly [string, readonly string[]])[];
}>(import.meta.url, "ter");
const rows = Object.values(cases.segments);

function optionsOf([normalized, punctuation, asianSupport, caseSensitive = false]: readonly boolean[]): TerOptions {
  return { normalized: normalized!, punctuation: punctuation!, asianSupport: asianSupport!, caseSensitive };
}

describe(`TER equals ${source} (${command})`, () => {
  it.each(cases.scores)("ter of %d references with options %j", (...row) => {
    const [numReferences, options, statistics, score, signature] = row;
    const streams = Array.from({ length: numReferences }, (_, k) => rows.map((texts) => texts[k + 1]!));
    const result = ter(
      rows.map((texts) => texts[0]!),
      streams,
      optionsOf(options),
    );
    expect(result.score).toBe(score);

    const names = Object.keys(cases.segments);
    const segments = rows.map(([hypothesis = "", ...references], i) => {
      const { edits, referenceLength } = terStatistics(
        hypothesis,
        references.slice(0, numReferences),
        optionsOf(options),
      );
      return [names[i], edits, referenceLength];
    });
    expect(segments).toEqual(statistics.map((pair, i) => [names[i], ...pair]));

    const metric = terMetric(optionsOf(options));
    expect([metric.name, metric.signature(numReferences)]).toEqual(["TER", signature]);
    expect(metric.score(Float64Array.of(result.edits, result.referenceLength))).toBe(score);
  });

  it.each(cases.settings.map((setting, s) => [setting, s] as const))("tokenizeTercom with options %j", (setting, s) => {
    const options = resolveTerOptions(optionsOf(setting));
    const words = cases.tokens.map(([line]) => [line, tokenizeTercom(line, options).join(" ")]);
    expect(words.length).toBeGreaterThan(200);
    expect(words).toEqual(cases.tokens.map(([line, expected]) => [line, expected[s]]));
  });
});
