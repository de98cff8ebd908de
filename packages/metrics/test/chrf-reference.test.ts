import { sharedFile } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { chrf, type ChrfOptions, sentenceChrf } from "../src/index.ts";

const testSuite = sharedFile("reference/sacrebleu_tests.json");
const joeynmt = sharedFile("reference/joeynmt_metrics.json");
const systems = sharedFile("data/bleu/wmt17-en-de-systems.tsv.gz");
const systemScores = sharedFile("data/bleu/wmt17-en-de-scores.json");

interface ChrfCase {
  readonly hypotheses: string[];
  readonly references: string[][];
  readonly params: {
    readonly level?: "sentence";
    readonly char_order: number;
    readonly word_order: number;
    readonly beta: number;
    readonly eps_smoothing?: boolean;
    readonly remove_whitespace?: boolean;
  };
  readonly expected: number;
  readonly actual: number;
}

function options({ params }: ChrfCase): ChrfOptions {
  return {
    charOrder: params.char_order,
    wordOrder: params.word_order,
    beta: params.beta,
    effectiveOrder: !(params.eps_smoothing ?? false),
    whitespace: !(params.remove_whitespace ?? true),
  };
}

describe("chrf equals published tests", () => {
  const ofSuite = `the test suite of sacreBLEU${testSuite.isPresent ? "" : `: ${testSuite.reason}`}`;
  it.skipIf(!testSuite.isPresent)(`chrf and sentenceChrf of ${ofSuite}`, () => {
    const cases: ChrfCase[] = JSON.parse(testSuite.text()).chrf;
    expect(cases.length).toBe(25);
    const scores = cases.map((test) =>
      test.params.level === "sentence"
        ? sentenceChrf(test.hypotheses[0]!, test.references.flat(), options(test)).score
        : chrf(test.hypotheses, test.references, options(test)).score,
    );
    expect(scores).toEqual(cases.map(({ actual }) => expect.closeTo(actual, 8)));
    expect(scores).toEqual(cases.map(({ expected }) => expect.closeTo(expected, 3)));
  });

  it.skipIf(!joeynmt.isPresent)(`chrf of JoeyNMT's${joeynmt.isPresent ? "" : `: ${joeynmt.reason}`}`, () => {
    const cases: { metric: string; hyp: string[]; ref: string[]; expected_3dp: number }[] = JSON.parse(
      joeynmt.text(),
    ).cases.filter(({ metric }: { metric: string }) => metric.startsWith("chrf"));
    expect(cases.length).toBe(2);
    for (const { metric, hyp, ref, expected_3dp } of cases) {
      const { score } = chrf(hyp, [ref], { whitespace: metric.includes("True") });
      expect(score / 100).toBeCloseTo(expected_3dp, 3);
    }
  });
});

const absent = [systems, systemScores].find((file) => !file.isPresent);

describe.skipIf(absent)(`chrf of systems of WMT17 equals sacreBLEU${absent ? `: ${absent.reason}` : ""}`, () => {
  const [header = [], ...rows] = absent ? [] : splitRows(systems.text());
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]!);
  const scores: Record<string, { chrf2?: number; chrf2pp?: number }> = absent
    ? {}
    : JSON.parse(systemScores.text()).systems;
  const known = Object.keys(scores).filter((name) => scores[name]!.chrf2 !== undefined);

  it("chrf has three systems to compare", () => {
    expect(known.length).toBeGreaterThanOrEqual(3);
  });

  it.each(known)("chrf of %s, without words and with", (name) => {
    const results = [0, 2].map((wordOrder) => chrf(column(name), [column("reference")], { wordOrder }).score);
    expect(results).toEqual([scores[name]!.chrf2, scores[name]!.chrf2pp]);
  });
});

function splitRows(text: string): string[][] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
}
