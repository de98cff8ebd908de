import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bleu,
  bleuFromStatistics,
  bleuMetric,
  bleuSignature,
  bleuStatistics,
  sentenceBleu,
  sumBleuStatistics,
} from "../src/index.ts";

const word = fc.constantFrom("the", "cat", "sat", "on", "mat");
const sentence = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
const corpus = fc
  .integer({ min: 1, max: 3 })
  .chain((k) => fc.array(fc.tuple(sentence, fc.array(sentence, { minLength: k, maxLength: k })), { minLength: 1 }));

describe("bleuStatistics", () => {
  it.each([
    // hypothesis, references, matches, totals, reference length
    ["a b c", ["a b c"], [3, 2], [3, 2], 3],
    ["", ["a b"], [0, 0], [0, 0], 2],
    ["a", ["a"], [1, 0], [1, 0], 1],
    ["a a a", ["a b a"], [2, 0], [3, 2], 3],
    ["a a a", ["a a b", "a c a c a"], [3, 1], [3, 2], 3], // clipped by the most of one reference, not by their sum
    ["a b c d", ["a b c d e f", "a b"], [4, 3], [4, 3], 2], // equally close: the shorter
    ["a b c d", ["a b c", "a b c d e"], [4, 3], [4, 3], 3],
  ])("bleuStatistics(%j, %j) counts clipped matches and the closest length", (...row) => {
    const [hypothesis, references, matches, totals, referenceLength] = row;
    expect(bleuStatistics(hypothesis, references, { maxOrder: 2 })).toEqual({
      matches,
      totals,
      hypothesisLength: totals[0],
      referenceLength,
    });
  });

  it("bleuStatistics(text, references, {tokenizer}) takes a function, after lower-casing and trimming the end", () => {
    const seen: string[] = [];
    const tokenizer = (text: string): string[] => {
      seen.push(text);
      return text.split("");
    };
    const statistics = bleuStatistics("AB\u0085", ["ab\ufeff"], { tokenizer, lowercase: true, maxOrder: 3 });
    expect(seen.sort()).toEqual(["ab", "ab\ufeff"]);
    expect(statistics).toEqual({ matches: [2, 1, 0], totals: [2, 1, 0], hypothesisLength: 2, referenceLength: 3 });
  });

  it.each([
    [{ maxOrder: 0 }, "bleuStatistics: maxOrder must be a positive integer, got 0"],
    [{ maxOrder: 1.5 }, "bleuStatistics: maxOrder must be a positive integer, got 1.5"],
    [
      { tokenizer: "toString" as "13a" },
      'bleuStatistics: tokenizer must be "13a", "intl", "zh", "char", "none" or a function, got toString',
    ],
  ])("bleuStatistics with %j throws", (options, message) => {
    expect(() => bleuStatistics("a", ["a"], options)).toThrow(new RangeError(message));
  });

  it("bleuStatistics without a reference throws", () => {
    expect(() => bleuStatistics("a", [])).toThrow(
      new RangeError("bleuStatistics: references must hold at least one, got 0"),
    );
  });
});

describe("sumBleuStatistics", () => {
  it("sumBleuStatistics of none, or of unequal orders, throws", () => {
    expect(() => sumBleuStatistics([])).toThrow(
      new RangeError("sumBleuStatistics: statistics must hold at least one record, got 0"),
    );
    const orders = [2, 3].map((maxOrder) => bleuStatistics("a", ["a"], { maxOrder }));
    expect(() => sumBleuStatistics(orders)).toThrow(
      new RangeError("sumBleuStatistics: statistics must share one maximal order, got 2 and 3"),
    );
  });

  it("sumBleuStatistics of sums equals the sum of all, and leaves its arguments alone", () => {
    const parts = ["a b", "b", ""].map((text) => Object.freeze(bleuStatistics(text, ["a b c"])));
    const [first, second, third] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]];
    const whole = sumBleuStatistics(parts);
    expect(sumBleuStatistics([first, sumBleuStatistics([second, third])])).toEqual(whole);
    expect(sumBleuStatistics([sumBleuStatistics([third, first]), second])).toEqual(whole);
    expect(first).toEqual(bleuStatistics("a b", ["a b c"]));
  });
});

describe("bleuFromStatistics", () => {
  const statistics = { matches: [2, 0, 0], totals: [4, 3, 2], hypothesisLength: 4, referenceLength: 4 };

  it.each([
    [{ method: "exp" } as const, [50, 100 / 6, 100 / 8]],
    [{ method: "none" } as const, [50, 0, 0]],
    [{ method: "floor" } as const, [50, 10 / 3, 5]],
    [{ method: "floor", value: 0 } as const, [50, 0, 0]],
    [{ method: "add-k" } as const, [50, 25, 100 / 3]],
    [{ method: "add-k", value: 2 } as const, [50, 40, 50]],
  ])("bleuFromStatistics with smoothing %j follows its formula", (smoothing, precisions) => {
    const result = bleuFromStatistics(statistics, { smoothing });
    expect(result.precisions).toEqual(precisions);
    const product = precisions.reduce((left, right) => left * right, 1);
    expect(result.score).toBeCloseTo(Math.cbrt(product), 10);
    expect(result).toMatchObject(statistics);
  });

  it.each([
    [{ matches: [], totals: [] }, {}, "matches and totals must have one count an order, got 0 and 0"],
    [{ matches: [1] }, {}, "matches and totals must have one count an order, got 1 and 3"],
    [{ matches: [1, -1, 0] }, {}, "statistics must be non-negative integers, got -1"],
    [{ hypothesisLength: NaN }, {}, "statistics must be non-negative integers, got NaN"],
    [
      {},
      { smoothing: { method: "laplace" as "exp" } },
      'smoothing.method must be "exp", "floor", "add-k" or "none", got laplace',
    ],
    [
      {},
      { smoothing: { method: "floor" as const, value: -1 } },
      "smoothing.value must be non-negative and finite, got -1",
    ],
  ])("bleuFromStatistics with %j and %j throws", (change, options, message) => {
    const call = () => bleuFromStatistics({ ...statistics, ...change }, options);
    expect(call).toThrow(new RangeError(`bleuFromStatistics: ${message}`));
  });
});

describe("bleu", () => {
  it("bleu(references[0], references) is 100 where a segment has four tokens, with every tokenizer", () => {
    const tokenizers = ["13a", "intl", "char", "zh", "none"] as const;
    fc.assert(
      fc.property(fc.constantFrom(...tokenizers), fc.array(fc.string({ unit: "binary" })), (tokenizer, others) => {
        const hypotheses = ["the cat sat down", ...others];
        const streams = [hypotheses, hypotheses.map((text) => `${text} again`)];
        expect(bleu(hypotheses, streams, { tokenizer }).score).toBeCloseTo(100, 10);
      }),
      { seed: 24 },
    );
  });

  it("bleu is bleuFromStatistics of the sum of bleuStatistics, between 0 and 100, in any order of the segments", () => {
    fc.assert(
      fc.property(corpus, fc.boolean(), (segments, effectiveOrder) => {
        const hypotheses = segments.map(([hypothesis]) => hypothesis);
        const streams = segments[0]![1].map((_, k) => segments.map(([, references]) => references[k]!));
        const result = bleu(hypotheses, streams, { effectiveOrder });
        const statistics = segments.map(([hypothesis, references]) => bleuStatistics(hypothesis, references));
        const summed = sumBleuStatistics(statistics.reverse());
        expect(result).toEqual(bleuFromStatistics(summed, { effectiveOrder }));
        expect(result.score).toBeGreaterThanOrEqual(0);
        expect(result.score).toBeLessThanOrEqual(100 + 1e-9);
      }),
      { seed: 20 },
    );
  });

  it.each([
    [[], [[]], RangeError, "bleu: hypotheses must hold at least one segment, got 0"],
    [["a"], [], TypeError, "bleu: references must be an array of at least one stream of segments"],
    [["a"], ["a"], TypeError, "bleu: references[0] must be an array of strings, got string"],
    ["a", [["a"]], TypeError, "bleu: hypotheses must be an array of strings, got string"],
    [[undefined], [["a"]], TypeError, "bleu: hypotheses[0] must be a string, got undefined"],
    [["a"], [[1]], TypeError, "bleu: references[0][0] must be a string, got number"],
    [["a"], [[undefined], [null]], RangeError, "bleu: references must hold at least one for hypotheses[0], got none"],
    [["a", "b"], [["a", null]], RangeError, "bleu: references must hold at least one for hypotheses[1], got none"],
    [["a", 1], [["a", "b"]], TypeError, "bleu: hypotheses[1] must be a string, got number"],
    [
      ["a", "b"],
      [["a", "b"], ["a"]],
      RangeError,
      "bleu: references[1] must have as many segments as hypotheses, 2, got 1 " +
        "(references are streams: references[k][i] belongs to hypotheses[i])",
    ],
    [
      ["a", "b", "c"],
      [["a"], ["b"], ["c"]],
      RangeError,
      "bleu: references[0] must have as many segments as hypotheses, 3, got 1 " +
        "(references are streams: references[k][i] belongs to hypotheses[i])",
    ],
  ])("bleu(%j, %j) names the argument that is wrong", (hypotheses, references, kind, message) => {
    expect(() => bleu(hypotheses as string[], references as string[][])).toThrow(new kind(message));
  });

  it.each([{ maxOrder: 0 }, { tokenizer: "ja" as "zh" }, { smoothing: { method: "exp2" as "exp" } }])(
    "bleu with %j throws in its own name",
    (options) => {
      expect(() => bleu(["a"], [["a"]], options)).toThrow(/^bleu: /);
    },
  );

  it("bleu takes undefined and null for a reference that a segment does not have", () => {
    const hypotheses = ["a b c d", "e f g h"];
    const streams = [
      ["a b c", undefined],
      [null, "e f g h i"],
      ["a b c d e", "f g h"],
    ];
    const parts = [
      bleuStatistics("a b c d", ["a b c", "a b c d e"]),
      bleuStatistics("e f g h", ["e f g h i", "f g h"]),
    ];
    expect(bleu(hypotheses, streams)).toEqual(bleuFromStatistics(sumBleuStatistics(parts)));
  });
});

describe("sentenceBleu", () => {
  it("sentenceBleu leaves out the orders for which the sentence is too short, unless told not to", () => {
    expect(sentenceBleu("a b", ["a b"]).score).toBeCloseTo(100, 10);
    expect(sentenceBleu("a b", ["a b"], { effectiveOrder: false }).score).toBe(0);
  });

  it("sentenceBleu(hypothesis, references) is bleu of one segment with effectiveOrder", () => {
    fc.assert(
      fc.property(sentence, fc.array(sentence, { minLength: 1, maxLength: 3 }), (hypothesis, references) => {
        const streams = references.map((reference) => [reference]);
        expect(sentenceBleu(hypothesis, references)).toEqual(bleu([hypothesis], streams, { effectiveOrder: true }));
      }),
      { seed: 22 },
    );
  });

  it.each([
    [undefined, ["a"], TypeError, "hypothesis must be a string, got undefined"],
    ["a", "a", TypeError, "references must be an array of strings, got string"],
    ["a", [], RangeError, "references must hold at least one, got 0"],
    ["a", ["a", null], TypeError, "references[1] must be a string, got object"],
  ])("sentenceBleu(%j, %j) names the argument that is wrong", (hypothesis, references, kind, message) => {
    const call = () => sentenceBleu(hypothesis as string, references as string[]);
    expect(call).toThrow(new kind(`sentenceBleu: ${message}`));
  });
});

describe("bleuMetric", () => {
  it("bleuMetric has the name, the direction and the width of BLEU", () => {
    const metric = bleuMetric({ maxOrder: 3, lowercase: true });
    expect(metric).toMatchObject({ name: "BLEU", isHigherBetter: true, width: 8 });
    expect(metric.signature(2)).toBe("nrefs:2|case:lc|eff:no|tok:13a|smooth:exp|version:2.6.0");
  });

  it("bleuMetric's statistics overwrite what was there, and are those of bleuStatistics, whatever came before", () => {
    const metric = bleuMetric();
    const out = new Float64Array(metric.width).fill(NaN);
    fc.assert(
      fc.property(sentence, fc.array(sentence, { minLength: 1, maxLength: 2 }), (hypothesis, references) => {
        metric.statistics(hypothesis, references, out);
        const { hypothesisLength, referenceLength, matches, totals } = bleuStatistics(hypothesis, references);
        expect([...out]).toEqual([hypothesisLength, referenceLength, ...matches, ...totals]);
      }),
      { seed: 23 },
    );
  });

  it("bleuMetric sees that the references changed in place", () => {
    const metric = bleuMetric({ maxOrder: 1 });
    const references = ["a"];
    const out = new Float64Array(metric.width);
    metric.statistics("a", references, out);
    expect([...out]).toEqual([1, 1, 1, 1]);
    references[0] = "b c";
    metric.statistics("a", references, out);
    expect([...out]).toEqual([1, 2, 0, 1]);
  });

  it("bleuMetric counts on when it has met more words than it keeps", () => {
    const metric = bleuMetric({ tokenizer: "none", maxOrder: 2 });
    const out = new Float64Array(metric.width);
    const many = Array.from({ length: 70_000 }, (_, i) => `w${i}`).join(" ");
    metric.statistics(many, [many], out);
    expect([...out]).toEqual([70_000, 70_000, 70_000, 69_999, 70_000, 69_999]);
    metric.statistics("w1 new w2 w3", ["new w2 w3 w1"], out);
    expect([...out]).toEqual([4, 4, 4, 2, 4, 3]);
    metric.statistics("w69999 w2", ["new w2 w3 w1"], out);
    expect([...out]).toEqual([2, 4, 1, 0, 2, 1]);
  });

  it("bleuMetric without a reference, and with nonsense, throws", () => {
    const metric = bleuMetric();
    const statistics = () => metric.statistics("a", [], new Float64Array(metric.width));
    expect(statistics).toThrow(new RangeError("bleuMetric: references must hold at least one, got 0"));
    expect(() => bleuMetric({ maxOrder: 0 })).toThrow(/^bleuMetric: maxOrder/);
    expect(() => bleuMetric({ smoothing: { method: "floor", value: -1 } })).toThrow(/^bleuMetric: smoothing\.value/);
  });
});

describe("bleuSignature", () => {
  it("bleuSignature of a tokenizer of the user's says so, and that references are of unequal number", () => {
    const signature = bleuSignature({ tokenizer: (text) => [text], effectiveOrder: true }, "var");
    expect(signature).toBe("nrefs:var|case:mixed|eff:yes|tok:custom|smooth:exp|version:2.6.0");
  });

  it.each([
    [{}, 0, 'numReferences must be a positive integer or "var", got 0'],
    [{}, 1.5, 'numReferences must be a positive integer or "var", got 1.5'],
    [{ smoothing: { method: "laplace" as "exp" } }, 1, "bleuSignature: smoothing.method must be"],
    [{ tokenizer: "ja" as "zh" }, 1, "bleuSignature: tokenizer must be"],
  ])("bleuSignature(%j, %d) throws", (options, numReferences, message) => {
    expect(() => bleuSignature(options, numReferences)).toThrow(message);
  });
});
