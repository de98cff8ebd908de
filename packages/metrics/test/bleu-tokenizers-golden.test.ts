import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { bleu, bleuMetric, bleuSignature, type BleuSmoothing, sentenceBleu } from "../src/index.ts";
import { bleuTokenizer } from "../src/bleu-tokenizer.ts";
import { referencesOf } from "../src/check-streams.ts";
import { trimEndWhitespace } from "../src/whitespace.ts";

/** Code points, each row the first and the last of a run. */
type Ranges = readonly (readonly [number, number])[];

const NAMES = ["13a", "intl", "char", "zh", "none"] as const;
type Name = (typeof NAMES)[number];

type Options = readonly [
  tokenizer: Name,
  lowercase: boolean,
  maxOrder: number,
  smoothing: BleuSmoothing,
  effectiveOrder: boolean,
];

/** Options, score, precisions, signature, and for one smoothing the statistics in sacreBLEU's order. */
type Score = readonly [Options, number, readonly number[], string, (readonly number[])?];

const { source, command, cases } = golden<{
  readonly lines: readonly string[];
  readonly tokens: Readonly<Record<Name, readonly string[]>>;
  /** All that were assigned in Unicode 3.2, which every engine knows. */
  readonly characters: Ranges;
  /** Those of them that are split off between two "x", and between two "1". */
  readonly split: Readonly<Record<string, Readonly<Record<"x" | "1", Ranges>>>>;
  readonly numSegments: number;
  readonly references: Readonly<Record<string, readonly (readonly (string | null)[])[]>>;
  readonly scores: Readonly<Record<string, readonly Score[]>>;
  readonly sentences: readonly (readonly [number, Name, number])[];
}>(import.meta.url, "bleu-tokenizers");

const hypotheses = cases.lines.slice(0, cases.numSegments);
// exp and log of C and of JavaScript may differ in the last of the 53 bits.
const close = (expected: number) => expect.closeTo(expected, 11);

function optionsOf([tokenizer, lowercase, maxOrder, smoothing, effectiveOrder]: Options) {
  return { tokenizer, lowercase, maxOrder, smoothing, effectiveOrder };
}

describe(`BLEU tokenizers equal ${source} (${command})`, () => {
  it.each(NAMES)("bleuTokenizer(%j) of lines of mixed scripts, symbols and markup", (name) => {
    expect(cases.lines.length).toBeGreaterThanOrEqual(200);
    const tokenize = bleuTokenizer("test", name);
    expect(cases.lines.map((line) => tokenize(trimEndWhitespace(line)).join(" "))).toEqual(cases.tokens[name]);
  });

  it.each(["13a", "intl", "zh"] as const)("bleuTokenizer(%j) splits off the characters that it should", (name) => {
    const tokenize = bleuTokenizer("test", name);
    for (const [side, ranges] of Object.entries(cases.split[name]!)) {
      const split = codesOf(cases.characters).filter(
        (code) => tokenize(`${side}${String.fromCodePoint(code)}${side}`).length === 3,
      );
      expect(split).toEqual(codesOf(ranges));
    }
  });

  for (const [name, streams] of Object.entries(cases.references)) {
    it(`bleu, bleuMetric and bleuSignature with references: ${name}`, () => {
      const numReferences = name.startsWith("unequal") ? "var" : streams.length;
      for (const [row, score, precisions, signature, statistics] of cases.scores[name]!) {
        const options = optionsOf(row);
        const result = bleu(hypotheses, streams, options);
        expect(result, signature).toMatchObject({ score: close(score), precisions: precisions.map(close) });
        expect(bleuSignature(options, numReferences)).toBe(signature);
        if (!statistics) continue;
        const { hypothesisLength, referenceLength, matches, totals } = result;
        expect([hypothesisLength, referenceLength, ...matches, ...totals], signature).toEqual(statistics);

        const metric = bleuMetric(options);
        const sums = new Float64Array(metric.width);
        const out = new Float64Array(metric.width).fill(NaN);
        hypotheses.forEach((hypothesis, i) => {
          metric.statistics(hypothesis, referencesOf(i, streams), out);
          out.forEach((value, d) => (sums[d]! += value));
        });
        expect([...sums]).toEqual(statistics);
        expect(metric.score(sums)).toBe(result.score);
      }
    });
  }

  it("sentenceBleu(hypothesis, references) with the tokenizers", () => {
    const streams = cases.references["three"]!;
    for (const [i, tokenizer, score] of cases.sentences) {
      const result = sentenceBleu(hypotheses[i]!, referencesOf(i, streams), { tokenizer });
      expect(result.score, `${i} ${tokenizer}`).toEqual(close(score));
    }
  });
});

function codesOf(ranges: Ranges): number[] {
  return ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
}
