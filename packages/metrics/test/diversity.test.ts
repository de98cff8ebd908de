import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bleu, distinctN, distinctNgrams, selfBleu, sumDistinctNgrams } from "../src/index.ts";

const { source, command, cases } = golden<
  readonly {
    readonly segments: readonly string[];
    readonly sentence: number;
    readonly lowercaseTwoOrders: number;
    readonly floorAllOrders: number;
  }[]
>(import.meta.url, "self-bleu");

const word = fc.constantFrom("a", "b", "c");
const segment = fc.array(word, { maxLength: 10 });

describe("selfBleu", () => {
  it.each(cases)(`selfBleu($segments) equals ${source} (${command})`, (expected) => {
    const { segments } = expected;
    expect(selfBleu(segments)).toBeCloseTo(expected.sentence, 11);
    expect(selfBleu(segments, { lowercase: true, maxOrder: 2 })).toBeCloseTo(expected.lowercaseTwoOrders, 11);
    const options = { smoothing: { method: "floor" }, tokenizer: "none", effectiveOrder: false } as const;
    expect(selfBleu(segments, options)).toBeCloseTo(expected.floorAllOrders, 11);
  });

  it("selfBleu is the mean of bleu of each segment against the others, in any order", () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 2, maxLength: 8 }), (words) => {
        const segments = words.map((tokens) => tokens.join(" "));
        const scores = segments.map((hypothesis, i) => {
          const others = segments.filter((_, k) => k !== i);
          return bleu(
            [hypothesis],
            others.map((other) => [other]),
            { effectiveOrder: true },
          ).score;
        });
        const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
        expect(selfBleu(segments)).toBeCloseTo(mean, 10);
        expect(selfBleu(segments.reverse())).toBeCloseTo(mean, 10);
      }),
      { seed: 40 },
    );
  });

  it.each([
    [["a"], {}, RangeError, "segments must hold at least two, got 1"],
    [["a", 1], {}, TypeError, "segments must be an array of strings"],
    ["ab", {}, TypeError, "segments must be an array of strings"],
    [["a", "b"], { maxOrder: 0 }, RangeError, "maxOrder must be a positive integer, got 0"],
  ])("selfBleu(%j, %j) names the argument that is wrong", (segments, options, kind, message) => {
    expect(() => selfBleu(segments as string[], options)).toThrow(new kind(`selfBleu: ${message}`));
  });
});

describe("distinctN", () => {
  it.each([
    [[["a", "b", "c"]], 1, 1],
    [[["a", "a", "a", "a"]], 1, 1 / 4],
    [
      [
        ["a", "b"],
        ["a", "b"],
      ],
      2,
      1 / 2,
    ],
    [[["a", "b"], ["c"]], 2, 1], // none across the border
    [
      [
        ["a b", "c"],
        ["a", "b c"],
      ],
      2,
      1,
    ],
    [[[1, 2, 1, 2]], 2, 2 / 3],
    [[Int32Array.of(7, 7, 7)], 2, 1 / 2],
    [[["1"], [1]], 1, 1],
  ])("distinctN of %j, n = %d, is %d", (segments: ArrayLike<string | number>[], order, score) => {
    expect(distinctN(distinctNgrams(segments, { order }))).toBe(score);
  });

  it("distinctN of the sum of parts is that of the whole: parts may share n-grams", () => {
    fc.assert(
      fc.property(fc.array(segment), fc.array(segment), fc.integer({ min: 1, max: 3 }), (left, right, order) => {
        const sum = sumDistinctNgrams([left, right].map((part) => distinctNgrams(part, { order })));
        expect(sum).toEqual(distinctNgrams([...left, ...right], { order }));
        const ngrams = [...left, ...right].flatMap((tokens) =>
          tokens.slice(order - 1).map((_, i) => tokens.slice(i, i + order).join(" ")),
        );
        expect([sum.ngrams.length, sum.total]).toEqual([new Set(ngrams).size, ngrams.length]);
      }),
      { seed: 41 },
    );
  });

  it("distinctNgrams, sumDistinctNgrams and distinctN name what is wrong", () => {
    expect(() => distinctNgrams([], { order: 0 })).toThrow(
      new RangeError("distinctNgrams: order must be a positive integer, got 0"),
    );
    expect(() => distinctNgrams(["ab"], { order: 1 })).toThrow(
      new TypeError("distinctNgrams: segments must be arrays of tokens, got string"),
    );
    expect(() => sumDistinctNgrams([])).toThrow(
      new RangeError("sumDistinctNgrams: parts must hold at least one record, got 0"),
    );
    const orders = [1, 2].map((order) => distinctNgrams([["a"]], { order }));
    expect(() => sumDistinctNgrams(orders)).toThrow(
      new RangeError("sumDistinctNgrams: parts must share one order, got 1 and 2"),
    );
    expect(() => distinctN(orders[1]!)).toThrow(
      new RangeError("distinctN: statistics.total must be positive and no less than 0, got 0"),
    );
  });
});
