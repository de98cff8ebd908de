import { sharedFile } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import {
  bleu,
  bleuFromStatistics,
  type BleuOptions,
  type BleuSmoothing,
  type BleuTokenizer,
  nltkCorpusBleu,
  sentenceBleu,
} from "../src/index.ts";

const testSuite = sharedFile("reference/sacrebleu_tests.json");
const systems = sharedFile("data/bleu/wmt17-en-de-systems.tsv.gz");
const systemScores = sharedFile("data/bleu/wmt17-en-de-scores.json");
const torchtext = sharedFile("reference/torchtext.json");
const joey = sharedFile("reference/joeynmt_metrics.json");
const skipped = (reason: string) => `: ${reason}`;

interface Parameters {
  readonly smooth_method: BleuSmoothing["method"];
  readonly smooth_value?: number | null;
  readonly tokenize?: BleuTokenizer;
  readonly lowercase?: boolean;
  readonly effective_order?: boolean;
}

interface CorpusCase {
  readonly hypotheses: string[];
  readonly references: string[][];
  readonly params: Parameters;
  readonly expected_bleu_0_1: number;
  readonly expected_bleu_0_100: number;
  readonly counts: number[];
  readonly totals: number[];
  readonly bp: number;
  readonly sys_len: number;
  readonly ref_len: number;
}

function options(parameters: Parameters): BleuOptions {
  const { smooth_method: method, smooth_value: value } = parameters;
  return {
    tokenizer: parameters.tokenize ?? "13a",
    lowercase: parameters.lowercase ?? false,
    effectiveOrder: parameters.effective_order ?? false,
    smoothing: (method === "floor" || method === "add-k") && value != null ? { method, value } : { method },
  };
}

describe.skipIf(!testSuite.isPresent)(
  `bleu equals the test suite of sacreBLEU${testSuite.isPresent ? "" : skipped(testSuite.reason)}`,
  () => {
    const cases = testSuite.isPresent ? JSON.parse(testSuite.text()) : {};

    it("bleu of its raw corpora and offsets", () => {
      const corpora: CorpusCase[] = [...cases.raw_corpus_bleu, ...cases.offset];
      const scores = corpora.map(({ hypotheses, references, params }) => bleu(hypotheses, references, options(params)));
      expect(scores.map(({ score }) => score / 100)).toEqual(
        corpora.map(({ expected_bleu_0_1 }) => expect.closeTo(expected_bleu_0_1, 8)),
      );
    });

    it("bleu of its corpora, with every part of the score", () => {
      for (const expected of cases.corpus_bleu as CorpusCase[]) {
        expect(bleu(expected.hypotheses, expected.references, options(expected.params))).toMatchObject({
          score: expect.closeTo(expected.expected_bleu_0_100, 6),
          matches: expected.counts,
          totals: expected.totals,
          brevityPenalty: expect.closeTo(expected.bp, 12),
          hypothesisLength: expected.sys_len,
          referenceLength: expected.ref_len,
        });
      }
    });

    it("bleu counts the matches of its statistics", () => {
      for (const expected of cases.statistics) {
        const { matches, totals } = bleu(expected.hypotheses, expected.references, { tokenizer: "none" });
        expect(matches).toEqual(expected.expected_counts);
        expect(totals).toEqual(expected.expected_totals);
      }
    });

    it("bleuFromStatistics of its statistics", () => {
      for (const expected of cases.compute_from_stats) {
        const { counts: matches, totals, sys_len: hypothesisLength, ref_len: referenceLength } = expected;
        const statistics = { matches, totals, hypothesisLength, referenceLength };
        const { score } = bleuFromStatistics(statistics, options(expected));
        expect(score / 100).toBeCloseTo(expected.expected_bleu_0_1, 8);
      }
    });

    it("bleu of its maximal orders", () => {
      for (const { hypotheses, references, max_ngram_order: maxOrder, actual } of cases.max_ngram_order) {
        expect(bleu(hypotheses, references, { maxOrder }).score).toBeCloseTo(actual, 11);
      }
    });

    it("sentenceBleu of its single sentences", () => {
      expect(cases.sentence_bleu).toHaveLength(18);
      for (const { hypothesis, references, params, actual } of cases.sentence_bleu) {
        expect(params.effective_order).toBe(true); // the default
        const { effectiveOrder: _, ...others } = options(params);
        expect(sentenceBleu(hypothesis, references, others).score).toBeCloseTo(actual, 11);
      }
    });
  },
);

interface TokensCase {
  readonly candidates: string[][];
  readonly references: string[][][];
  readonly weights: number[];
  readonly actual: number;
}

describe.skipIf(!torchtext.isPresent)(
  `BLEU equals the tests of torchtext${torchtext.isPresent ? "" : skipped(torchtext.reason)}`,
  () => {
    const cases: TokensCase[] = torchtext.isPresent ? JSON.parse(torchtext.text()).bleu_score : [];
    const isMean = ({ weights }: TokensCase) => weights.every((weight) => weight === 1 / weights.length);

    it("bleu of its tokens without smoothing, with references of unequal number", () => {
      expect(cases.filter(isMean)).toHaveLength(9);
      for (const { candidates, references, weights, actual } of cases.filter(isMean)) {
        const numStreams = Math.max(...references.map(({ length }) => length));
        const streams = Array.from({ length: numStreams }, (_, k) => references.map((of) => of[k]?.join(" ")));
        const { score } = bleu(
          candidates.map((tokens) => tokens.join(" ")),
          streams,
          { tokenizer: "none", smoothing: { method: "none" }, maxOrder: weights.length },
        );
        expect(score / 100).toBeCloseTo(actual, 12);
      }
    });

    it("nltkCorpusBleu of its tokens, where the weights do not add up to 1", () => {
      const [test, ...others] = cases.filter((other) => !isMean(other));
      expect(others).toEqual([]);
      const { candidates, references, weights, actual } = test!;
      expect(nltkCorpusBleu(candidates, references, { weights })).toBeCloseTo(actual, 12);
    });
  },
);

describe.skipIf(!joey.isPresent)(`bleu equals the test of JoeyNMT${joey.isPresent ? "" : skipped(joey.reason)}`, () => {
  it("bleu(hyp, [ref], {lowercase: true})", () => {
    const cases = JSON.parse(joey.isPresent ? joey.text() : "");
    const { hyp, ref, expected_3dp } = cases.cases.find(({ metric }: { metric: string }) => metric.startsWith("bleu"));
    expect(bleu(hyp, [ref], { lowercase: true }).score).toBeCloseTo(expected_3dp, 3);
  });
});

const absent = [systems, systemScores].find((file) => !file.isPresent);

describe.skipIf(absent)(`bleu of 16 systems of WMT17 equals sacreBLEU${absent ? skipped(absent.reason) : ""}`, () => {
  const [header = [], ...rows] = absent ? [] : splitRows(systems.text());
  const scores = absent ? {} : JSON.parse(systemScores.text());
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]!);

  const parts = (expected: CorpusCase & { score: number; precisions: number[] }) => ({
    score: expect.closeTo(expected.score, 11),
    precisions: expected.precisions,
    matches: expected.counts,
    totals: expected.totals,
    brevityPenalty: expect.closeTo(expected.bp, 14),
    hypothesisLength: expected.sys_len,
    referenceLength: expected.ref_len,
  });

  const settings: Record<string, BleuOptions> = {
    bleu_13a: {},
    bleu_none: { tokenizer: "none" },
    // known of some systems only
    bleu_13a_lc: { lowercase: true },
    bleu_intl: { tokenizer: "intl" },
  };

  it.each(header.slice(1))("bleu of %s against the reference", (name) => {
    const expected = scores.systems[name];
    const known = Object.keys(settings).filter((setting) => setting in expected);
    expect(known.length).toBeGreaterThanOrEqual(2);
    const results = known.map((setting) => bleu(column(name), [column("reference")], settings[setting]));
    expect(results).toMatchObject(known.map((setting) => parts(expected[setting])));
    expect(Math.abs(results[0]!.score - expected.published_mteval_v13a)).toBeLessThan(0.01);
  });

  it("bleu of a system against two references", () => {
    const { system, references, bleu_13a } = scores.multiref;
    expect(bleu(column(system), references.map(column))).toMatchObject(parts(bleu_13a));
  });

  it("sentenceBleu(sentence, [reference]) of single sentences", () => {
    const reference = column("reference");
    for (const [name, expected] of Object.entries<number[]>(scores.sentence_bleu_first20_effective_order)) {
      const hypotheses = column(name);
      const results = expected.map((_, i) => sentenceBleu(hypotheses[i]!, [reference[i]!]));
      expect(results.map(({ score }) => score)).toEqual(expected.map((score) => expect.closeTo(score, 11)));
    }
  });
});

function splitRows(text: string): string[][] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => line.split("\t"));
}
