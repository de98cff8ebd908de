import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { bleu, type BleuOptions, type BleuSmoothing } from "../src/index.ts";
import { tokenize13a } from "../src/tokenize-13a.ts";
import { splitWhitespace, trimEndWhitespace } from "../src/whitespace.ts";

interface Group {
  readonly name: string;
  readonly references: number;
  readonly tokenizer: "13a" | "none";
  readonly lowercase: boolean;
  readonly matches: readonly number[];
  readonly totals: readonly number[];
  readonly brevityPenalty: number;
  readonly hypothesisLength: number;
  readonly referenceLength: number;
  readonly ratio: number;
  /** Maximal order, smoothing, precisions, score, score with effective order. */
  readonly scores: readonly (readonly [number, BleuSmoothing, readonly number[], number, number])[];
}

const { source, command, cases } = golden<{
  readonly segments: Readonly<Record<string, readonly string[]>>;
  readonly tokens13a: Readonly<Record<string, readonly string[]>>;
  readonly whitespace: readonly number[];
  readonly groups: readonly Group[];
}>(import.meta.url, "bleu");
const corpus = Object.values(cases.segments);

// exp and log of C and of JavaScript may differ in the last of the 53 bits.
const close = (expected: number) => expect.closeTo(expected, 11);

describe(`BLEU equals ${source} (${command})`, () => {
  for (const group of cases.groups) {
    const { name, tokenizer, lowercase } = group;
    const references = `${group.references} reference${group.references > 1 ? "s" : ""}`;
    it(`bleu of "${name}", ${references}, tokenizer ${tokenizer}, lowercase ${lowercase}`, () => {
      const rows = name === "corpus" ? corpus : [cases.segments[name]!];
      const hypotheses = rows.map((row) => row[0]!);
      const streams = Array.from({ length: group.references }, (_, k) => rows.map((row) => row[k + 1]!));
      const results = group.scores.flatMap(([maxOrder, smoothing]) =>
        [false, true].map((effectiveOrder) => {
          const options: BleuOptions = { tokenizer, lowercase, maxOrder, smoothing, effectiveOrder };
          return { options, ...bleu(hypotheses, streams, options) };
        }),
      );
      const expected = group.scores.flatMap(([maxOrder, smoothing, precisions, ...scores]) =>
        [false, true].map((effectiveOrder, i) => ({
          options: { tokenizer, lowercase, maxOrder, smoothing, effectiveOrder },
          score: close(scores[i]!),
          precisions,
          matches: group.matches.slice(0, maxOrder),
          totals: group.totals.slice(0, maxOrder),
          brevityPenalty: close(group.brevityPenalty),
          hypothesisLength: group.hypothesisLength,
          referenceLength: group.referenceLength,
          ratio: group.ratio,
        })),
      );
      expect(results).toEqual(expected);
    });
  }

  it.each(Object.entries(cases.tokens13a))("tokenize13a(%j) equals the reference", (text, tokens) => {
    expect(tokenize13a(text)).toEqual(tokens);
  });

  it("splitWhitespace and trimEndWhitespace take the whitespace of Python and no other character", () => {
    const codes = Array.from({ length: 0x10000 }, (_, code) => code);
    const split = codes.filter((code) => splitWhitespace(`a${String.fromCharCode(code)}b`).length === 2);
    const trimmed = codes.filter((code) => trimEndWhitespace(`a${String.fromCharCode(code)}`) === "a");
    expect(split).toEqual(cases.whitespace);
    expect(trimmed).toEqual(cases.whitespace);
  });
});
