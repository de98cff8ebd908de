import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chrf,
  chrfFromStatistics,
  chrfMetric,
  type ChrfOptions,
  chrfSignature,
  chrfStatistics,
  sentenceChrf,
  sumChrfStatistics,
} from "../src/index.ts";
import { chrfWords } from "../src/chrf-words.ts";
import { ngramMatcher } from "../src/ngram-matcher.ts";

const text = fc.array(fc.constantFrom("the", "cat", "sat.", "on", "the", "(mat)", "😀"), { maxLength: 9 });
const sentence = text.map((words) => words.join(" "));
const corpus = fc
  .integer({ min: 1, max: 3 })
  .chain((k) => fc.array(fc.tuple(sentence, fc.array(sentence, { minLength: k, maxLength: k })), { minLength: 1 }));

describe("ngramMatcher", () => {
  it("ngramMatcher counts what a table of all n-grams counts, call after call", () => {
    const sequence = fc.array(fc.integer({ min: -1, max: 2 }), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7 }),
        fc.array(fc.tuple(sequence, sequence), { maxLength: 4 }),
        (maxOrder, pairs) => {
          const match = ngramMatcher(maxOrder);
          const matches = new Float64Array(maxOrder);
          for (const [hypothesis, reference] of pairs) {
            match(hypothesis, reference, matches);
            expect(Array.from(matches)).toEqual(countMatches(hypothesis, reference, maxOrder));
          }
        },
      ),
      { seed: 30, numRuns: 500 },
    );
  });
});

function countMatches(hypothesis: readonly number[], reference: readonly number[], maxOrder: number): number[] {
  return Array.from({ length: maxOrder }, (_, n) => {
    const ngrams = (symbols: readonly number[]) =>
      symbols.slice(n).map((_symbol, i) => symbols.slice(i, i + n + 1).join(" "));
    const left = ngrams(reference);
    return ngrams(hypothesis).filter((ngram) => left.includes(ngram) && left.splice(left.indexOf(ngram), 1)).length;
  });
}

describe("chrfWords", () => {
  it.each([
    ["(yes)", ["(yes", ")"]],
    ["yes...", ["yes..", "."]],
    ["'tis", ["'", "tis"]],
    ["?", ["?"]],
    ["!?", ["!", "?"]],
    ["it's", ["it's"]],
    ["„x“", ["„x“"]],
    ["😀", ["😀"]],
    ["", []],
  ])("chrfWords of %j sets one mark apart", (word, words) => {
    expect(chrfWords(word === "" ? [] : [word])).toEqual(words);
  });
});

describe("chrfStatistics", () => {
  it.each([
    // hypothesis, references, matches, n-grams of the hypothesis, of the reference
    ["ab c", ["abc"], [3, 2], [3, 2], [3, 2]],
    ["ab", ["a"], [1, 0], [2, 0], [1, 0]], // a reference without bigrams expects none
    ["a", ["ab"], [1, 0], [1, 0], [2, 1]],
    ["", ["ab"], [0, 0], [0, 0], [2, 1]],
    ["ab", [""], [0, 0], [0, 0], [0, 0]],
    ["aaa", ["aba"], [2, 0], [3, 2], [3, 2]],
    ["😀😀", ["😀"], [1, 0], [2, 0], [1, 0]],
    ["abc", ["xbc", "abc", "ABC"], [3, 2], [3, 2], [3, 2]],
    ["ab", ["ax", "bx"], [1, 0], [2, 1], [2, 1]],
  ])(
    "chrfStatistics(%j, %j) counts characters",
    (hypothesis, references, matches, hypothesisTotals, referenceTotals) => {
      expect(chrfStatistics(hypothesis, references, { charOrder: 2 })).toEqual({
        matches,
        hypothesisTotals,
        referenceTotals,
      });
    },
  );

  it("chrfStatistics(text, references, {beta}) chooses the reference by the score that is asked for", () => {
    const references = ["abcdefgh", "ab"]; // one holds all of the hypothesis, of the other the hypothesis holds all
    const totals = [0, 3].map((beta) => chrfStatistics("abcd", references, { charOrder: 1, beta }).referenceTotals[0]);
    expect(totals).toEqual([8, 2]);
  });
});

describe("sumChrfStatistics", () => {
  it("sumChrfStatistics of none, or of unequal orders, throws", () => {
    expect(() => sumChrfStatistics([])).toThrow(
      new RangeError("sumChrfStatistics: statistics must hold at least one record, got 0"),
    );
    const orders = [2, 3].map((charOrder) => chrfStatistics("a", ["a"], { charOrder }));
    expect(() => sumChrfStatistics(orders)).toThrow(
      new RangeError("sumChrfStatistics: statistics must share their orders, got 2 and 3"),
    );
  });

  it("sumChrfStatistics leaves its arguments alone", () => {
    const part = chrfStatistics("a b", ["a b c"]);
    sumChrfStatistics([part, part]);
    expect(part).toEqual(chrfStatistics("a b", ["a b c"]));
  });
});

describe("chrfFromStatistics", () => {
  const statistics = { matches: [2, 1, 0], hypothesisTotals: [4, 2, 0], referenceTotals: [2, 4, 1] };

  it.each([
    [{}, (100 * 5 * 0.5 * 0.625) / (4 * 0.5 + 0.625)],
    [{ beta: 1 }, (100 * 2 * 0.5 * 0.625) / (0.5 + 0.625)],
    [{ beta: 0 }, 50],
    [{ beta: 1, effectiveOrder: false }, (100 * (2 / 3 + 1 / 3)) / 3], // F of 1/2 and 1, of 1/2 and 1/4, of neither
  ])("chrfFromStatistics with %j follows its formula", (options, score) => {
    const result = chrfFromStatistics(statistics, options);
    expect(result.score).toBeCloseTo(score, 10);
    expect(result).toMatchObject({ ...statistics, precisions: [50, 50, 0], recalls: [100, 25, 0] });
  });

  it.each([
    [{ matches: [] }, {}, "statistics must hold counts of the same orders, got 0, 3, 3"],
    [{ referenceTotals: [1] }, {}, "statistics must hold counts of the same orders, got 3, 3, 1"],
    [{ matches: [1, -1, 0] }, {}, "statistics.matches[1] must be a non-negative integer, got -1"],
    [{}, { beta: -1 }, "beta must be non-negative and finite, got -1"],
    [{}, { beta: NaN }, "beta must be non-negative and finite, got NaN"],
  ])("chrfFromStatistics with %j and %j throws", (change, options, message) => {
    const call = () => chrfFromStatistics({ ...statistics, ...change }, options);
    expect(call).toThrow(new RangeError(`chrfFromStatistics: ${message}`));
  });
});

describe("chrf", () => {
  it.each([0, 2])("chrf(hypotheses, [hypotheses], {wordOrder: %d}) is 100", (wordOrder) => {
    const hypotheses = ["The quick brown fox jumps.", "Two, three and four."];
    expect(chrf(hypotheses, [hypotheses], { wordOrder }).score).toBeCloseTo(100, 10);
  });

  it("chrf is chrfFromStatistics of the sum of chrfStatistics, between 0 and 100, in any order of the segments", () => {
    const settings = fc.record<ChrfOptions>({
      wordOrder: fc.nat(2),
      beta: fc.constantFrom(1, 2),
      whitespace: fc.boolean(),
      effectiveOrder: fc.boolean(),
    });
    fc.assert(
      fc.property(corpus, settings, (segments, options) => {
        const hypotheses = segments.map(([hypothesis]) => hypothesis);
        const streams = segments[0]![1].map((_, k) => segments.map(([, references]) => references[k]!));
        const result = chrf(hypotheses, streams, options);
        const parts = segments.map(([hypothesis, references]) => chrfStatistics(hypothesis, references, options));
        expect(result).toEqual(chrfFromStatistics(sumChrfStatistics(parts.reverse()), options));
        expect(result.score).toBeGreaterThanOrEqual(0);
        expect(result.score).toBeLessThanOrEqual(100 + 1e-9);
      }),
      { seed: 31 },
    );
  });

  it("chrf with references of unequal number takes those that a segment has", () => {
    const both = chrf(
      ["ab", "cd"],
      [
        ["ab", undefined],
        ["xy", "ce"],
      ],
    );
    expect(both.matches.slice(0, 2)).toEqual([3, 1]);
    expect(both).toEqual(
      chrf(
        ["ab", "cd"],
        [
          ["ab", "ce"],
          [null, "ce"],
        ],
      ),
    );
  });

  it.each([
    [[], [[]], {}, RangeError, "hypotheses must hold at least one segment, got 0"],
    [
      ["a", "b"],
      [["a"], ["b"], ["c"]],
      {},
      RangeError,
      "references[0] must have as many segments as hypotheses, 2, got 1",
    ],
    [["a"], [["a"]], { charOrder: -1 }, RangeError, "charOrder must be a non-negative integer, got -1"],
    [["a"], [["a"]], { wordOrder: 1.5 }, RangeError, "wordOrder must be a non-negative integer, got 1.5"],
    [["a"], [["a"]], { charOrder: 0 }, RangeError, "charOrder or wordOrder must be positive, got 0 and 0"],
    [["a"], [["a"]], { beta: Infinity }, RangeError, "beta must be non-negative and finite, got Infinity"],
  ])("chrf(%j, %j, %j) names what is wrong", (hypotheses, references, options, kind, message) => {
    const call = () => chrf(hypotheses, references, options);
    expect(call).toThrow(kind);
    expect(call).toThrow(`chrf: ${message}`);
  });
});

describe("sentenceChrf", () => {
  it.each([
    [1, ["a"], TypeError, "hypothesis must be a string, got number"],
    ["a", "a", TypeError, "references must be an array of strings, got string"],
    ["a", [], RangeError, "references must hold at least one, got 0"],
    ["a", ["a", null], TypeError, "references[1] must be a string, got object"],
  ])("sentenceChrf(%j, %j) names what is wrong, as chrfStatistics does", (hypothesis, references, kind, message) => {
    for (const call of [sentenceChrf, chrfStatistics]) {
      expect(() => call(hypothesis as string, references as string[])).toThrow(new kind(`${call.name}: ${message}`));
    }
  });
});

describe("chrfMetric", () => {
  it("chrfMetric().statistics overwrites what was in the row, and wants a reference", () => {
    const metric = chrfMetric({ charOrder: 1 });
    const row = Float64Array.of(7, 7, 7);
    metric.statistics("ab", ["bc"], row);
    expect(Array.from(row)).toEqual([2, 2, 1]);
    expect(metric.isHigherBetter).toBe(true);
    expect(() => metric.statistics("ab", [], row)).toThrow(
      new RangeError("chrfMetric: references must hold at least one, got 0"),
    );
  });
});

describe("chrfSignature", () => {
  it('chrfSignature(options, "var") is that of references of unequal number', () => {
    expect(chrfSignature({ wordOrder: 2 }, "var")).toBe(
      "nrefs:var|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0",
    );
  });

  it("chrfSignature of no references throws", () => {
    expect(() => chrfSignature({}, 0)).toThrow(
      new RangeError('chrfSignature: numReferences must be a positive integer or "var", got 0'),
    );
  });
});
