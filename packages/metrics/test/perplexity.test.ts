import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitsPerToken, perplexity, sumCrossEntropy, unigramCrossEntropy } from "../src/index.ts";

describe("perplexity", () => {
  it.each([1, 2, 28, 50257])("perplexity of a uniform model over %d tokens is that number", (vocabSize) => {
    const batches = [32, 1, 35].map((count) => ({ totalNats: count * Math.log(vocabSize), count }));
    const statistics = sumCrossEntropy(batches);
    expect(statistics.count).toBe(68);
    expect(perplexity(statistics) / vocabSize).toBeCloseTo(1, 12);
    expect(bitsPerToken(statistics)).toBeCloseTo(Math.log2(vocabSize), 12);
  });

  it("perplexity of a sum weighs tokens, not batches", () => {
    const hard = { totalNats: 3 * Math.log(8), count: 3 };
    const easy = { totalNats: 0, count: 1 };
    expect(perplexity(sumCrossEntropy([hard, easy]))).toBeCloseTo(8 ** 0.75, 12);
  });

  it("perplexity and bitsPerToken of a token that had probability 0 are Infinity", () => {
    const statistics = sumCrossEntropy([
      { totalNats: 1, count: 2 },
      { totalNats: Infinity, count: 1 },
    ]);
    expect(perplexity(statistics)).toBe(Infinity);
    expect(bitsPerToken(statistics)).toBe(Infinity);
  });

  it.each([
    [{ totalNats: 0, count: 0 }, "statistics.count must be positive and finite, got 0"],
    [{ totalNats: 1, count: -1 }, "statistics.count must be positive and finite, got -1"],
    [{ totalNats: 1, count: NaN }, "statistics.count must be positive and finite, got NaN"],
    [{ totalNats: 1, count: Infinity }, "statistics.count must be positive and finite, got Infinity"],
    [{ totalNats: NaN, count: 1 }, "statistics.totalNats must be a number, got NaN"],
  ])("perplexity(%j) and bitsPerToken of it throw", (statistics, message) => {
    expect(() => perplexity(statistics)).toThrow(new RangeError(`perplexity: ${message}`));
    expect(() => bitsPerToken(statistics)).toThrow(new RangeError(`bitsPerToken: ${message}`));
  });

  it("sumCrossEntropy([]) is the statistics of no token", () => {
    expect(sumCrossEntropy([])).toEqual({ totalNats: 0, count: 0 });
  });
});

describe("unigramCrossEntropy", () => {
  it("unigramCrossEntropy smooths by one: train 0 0 1, validation 0 1 2, three ids", () => {
    const statistics = unigramCrossEntropy([0, 0, 1], [0, 1, 2], { vocabSize: 3 });
    expect(statistics.count).toBe(3);
    expect(perplexity(statistics)).toBeCloseTo(((6 / 3) * (6 / 2) * (6 / 1)) ** (1 / 3), 12);
  });

  it("unigramCrossEntropy without train ids is uniform, and without validation ids empty", () => {
    const validation = Int32Array.of(4, 0, 0, 2);
    expect(perplexity(unigramCrossEntropy([], validation, { vocabSize: 5 }))).toBeCloseTo(5, 12);
    expect(unigramCrossEntropy(validation, [], { vocabSize: 5 })).toEqual({ totalNats: 0, count: 0 });
  });

  it("unigramCrossEntropy adds up over parts of the validation ids", () => {
    const ids = fc.array(fc.nat(6), { maxLength: 40 });
    fc.assert(
      fc.property(ids, ids, ids, (train, left, right) => {
        const whole = unigramCrossEntropy(train, [...left, ...right], { vocabSize: 7 });
        const parts = [left, right].map((part) => unigramCrossEntropy(train, part, { vocabSize: 7 }));
        const summed = sumCrossEntropy(parts);
        expect(summed.count).toBe(whole.count);
        expect(summed.totalNats).toBeCloseTo(whole.totalNats, 10);
      }),
      { seed: 21 },
    );
  });

  it.each([
    [[0], [0], 0, "vocabSize must be a positive integer, got 0"],
    [[0], [0], 2.5, "vocabSize must be a positive integer, got 2.5"],
    [[0, 3], [0], 3, "train must hold integers from 0 to 2, got 3 at index 1"],
    [[0], [-1], 3, "validation must hold integers from 0 to 2, got -1 at index 0"],
    [[0.5], [0], 3, "train must hold integers from 0 to 2, got 0.5 at index 0"],
  ])("unigramCrossEntropy(%j, %j, {vocabSize: %d}) throws", (train, validation, vocabSize, message) => {
    const call = () => unigramCrossEntropy(train, validation, { vocabSize });
    expect(call).toThrow(new RangeError(`unigramCrossEntropy: ${message}`));
  });
});
