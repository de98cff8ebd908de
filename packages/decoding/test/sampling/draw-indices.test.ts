import { xoshiro128 } from "@rnnkit/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawIndices } from "../../src/index.ts";
import { chiSquared } from "../chi-squared.ts";

const weights = [4, 0, 1, 2, 0, 3];
const possible = [0, 2, 3, 5];

describe("drawIndices", () => {
  // 3 degrees of freedom: a right sampler exceeds 16.27 once in a thousand seeds.
  it("drawIndices(weights, { withReplacement: true }) draws in proportion to the weights", () => {
    const numDraws = 20_000;
    const drawn = drawIndices(weights, { numDraws, withReplacement: true, generator: xoshiro128(1) });
    const observed = weights.map((_, index) => drawn.filter((each) => each === index).length);
    expect(
      chiSquared(
        observed,
        weights.map((weight) => (numDraws * weight) / 10),
      ),
    ).toBeLessThan(16.27);
  });

  // 11 degrees of freedom: a right sampler exceeds 31.26 once in a thousand seeds.
  it("drawIndices(weights, { numDraws: 2 }) draws the second from what the first left", () => {
    const generator = xoshiro128(2);
    const numRuns = 20_000;
    const pairs = possible.flatMap((a) => possible.filter((b) => b !== a).map((b) => [a, b] as const));
    const counts = new Map(pairs.map((pair) => [pair.join(), 0]));
    for (let run = 0; run < numRuns; run++) {
      const key = drawIndices(weights, { numDraws: 2, generator }).join();
      counts.set(key, counts.get(key)! + 1);
    }
    const expected = pairs.map(([a, b]) => numRuns * (weights[a]! / 10) * (weights[b]! / (10 - weights[a]!)));
    expect(chiSquared([...counts.values()], expected)).toBeLessThan(31.26);
  });

  it("drawIndices(weights, { numRows }) draws distinct possible indices for each row, all of them if asked", () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e300, noNaN: true }));
    fc.assert(
      fc.property(fc.array(weight, { minLength: 3, maxLength: 20 }), fc.integer({ min: 0 }), (row, seed) => {
        const numPositive = row.filter((each) => each > 0).length;
        fc.pre(numPositive > 0);
        const flat = [...row, ...[...row].reverse()];
        const drawn = drawIndices(flat, { numDraws: numPositive, numRows: 2, generator: xoshiro128(seed >>> 0) });
        expect(drawn).toHaveLength(2 * numPositive);
        for (const number of [0, 1]) {
          const own = drawn.slice(number * numPositive, (number + 1) * numPositive);
          expect(new Set(own).size).toBe(numPositive);
          for (const index of own) expect(flat[number * row.length + index]).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("drawIndices(weights, { withReplacement: true }) never draws an index of weight 0", () => {
    const drawn = drawIndices([0, 1e-300, 0, 5e-324, 0], {
      numDraws: 1000,
      withReplacement: true,
      generator: xoshiro128(3),
    });
    expect(drawn.every((index) => index === 1 || index === 3)).toBe(true);
  });

  it.each([
    { given: [1, -1], options: {}, message: "weights must be non-negative and finite, got -1 at index 1 of row 0" },
    { given: [1, NaN], options: {}, message: "weights must be non-negative and finite, got NaN at index 1 of row 0" },
    {
      given: [Infinity],
      options: {},
      message: "weights must be non-negative and finite, got Infinity at index 0 of row 0",
    },
    { given: [1, 0, 0], options: { numRows: 3 }, message: "weights must have a positive, finite sum, got 0 in row 1" },
    { given: [1e308, 1e308], options: {}, message: "weights must have a positive, finite sum, got Infinity in row 0" },
    { given: [1, 2, 3], options: { numRows: 2 }, message: "weights must make 2 rows of equal length, got 3 weights" },
    { given: [], options: {}, message: "weights must make 1 rows of equal length, got 0 weights" },
    { given: [1], options: { numDraws: 0 }, message: "numDraws must be a positive integer, got 0" },
    { given: [1], options: { numRows: 1.5 }, message: "numRows must be a positive integer, got 1.5" },
    {
      given: [0, 2, 0, 1],
      options: { numDraws: 3 },
      message: "numDraws must be at most the 2 positive weights of row 0 without replacement, got 3",
    },
  ])("drawIndices($given, $options) throws", ({ given, options, message }) => {
    expect(() => drawIndices(given, { numDraws: 1, generator: xoshiro128(1), ...options })).toThrow(
      new RangeError(`drawIndices: ${message}`),
    );
  });
});
