import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Generator, categorical, integer, normal, shuffle, uniform, xoshiro128 } from "../src/index.ts";

const DRAWS = 20_000;
const draws = (draw: (generator: Generator) => number): number[] => {
  const generator = xoshiro128(7);
  return Array.from({ length: DRAWS }, () => draw(generator));
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const counts = (values: readonly number[], size: number): number[] => {
  const counted = Array.from({ length: size }, () => 0);
  for (const value of values) counted[value]!++;
  return counted;
};
/** Pearson's statistic: of the order of the number of cells when `counted` was drawn with `probabilities`. */
const chiSquare = (counted: readonly number[], probabilities: readonly number[]): number =>
  counted.reduce((sum, count, i) => sum + (count - DRAWS * probabilities[i]!) ** 2 / (DRAWS * probabilities[i]!), 0);

describe("uniform", () => {
  it("uniform(generator) lies in [0, 1), with mean 1/2 and variance 1/12", () => {
    const values = draws((generator) => uniform(generator));
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(mean(values)).toBeCloseTo(1 / 2, 2);
    expect(mean(values.map((value) => (value - 1 / 2) ** 2))).toBeCloseTo(1 / 12, 2);
  });

  it("uniform(generator, { low, high }) is the unit draw, scaled", () => {
    const unit = draws((generator) => uniform(generator));
    const scaled = draws((generator) => uniform(generator, { low: -3, high: 5 }));
    expect(scaled).toEqual(unit.map((value) => -3 + 8 * value));
  });

  it("uniform(generator) has its largest and smallest value where all bits are ones and zeros", () => {
    const ones: Generator = { uint32: () => 0xffffffff, state: () => ({ algorithm: "xoshiro128", words: [] }) };
    expect(uniform(ones)).toBe(1 - 2 ** -53);
    expect(uniform({ ...ones, uint32: () => 0 })).toBe(0);
  });
});

describe("integer", () => {
  it.each([1, 2, 3, 10, 16, 17])("integer(generator, %s) draws each value equally often", (count) => {
    const counted = counts(
      draws((generator) => integer(generator, count)),
      count,
    );
    expect(counted).toHaveLength(count);
    expect(
      chiSquare(
        counted,
        counted.map(() => 1 / count),
      ),
    ).toBeLessThan(3 * count + 10);
  });

  it("integer(generator, 2 ** 32 - 1) draws again when the word is too large", () => {
    const words = [0xffffffff, 12];
    const generator: Generator = {
      uint32: () => words.shift()!,
      state: () => ({ algorithm: "xoshiro128", words: [] }),
    };
    expect(integer(generator, 2 ** 32 - 1)).toBe(12);
  });

  it.each([0, -1, 1.5, 2 ** 32, NaN])("throws a RangeError for the count %s", (count) => {
    expect(() => integer(xoshiro128(0), count)).toThrow(
      new RangeError(`integer: count must be an integer from 1 to 4294967295, got ${count}`),
    );
  });
});

describe("normal", () => {
  it("normal(generator) has mean 0, variance 1, and 68.3 and 95.4 percent within one and two deviations", () => {
    const values = draws((generator) => normal(generator));
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(mean(values.map((value) => (Math.abs(value) < 1 ? 1 : 0)))).toBeCloseTo(0.6827, 2);
    expect(mean(values.map((value) => (Math.abs(value) < 2 ? 1 : 0)))).toBeCloseTo(0.9545, 2);
  });

  it("normal(generator, { mean, standardDeviation }) is the standard draw, scaled", () => {
    const standard = draws((generator) => normal(generator));
    expect(draws((generator) => normal(generator, { mean: 2, standardDeviation: 0.5 }))).toEqual(
      standard.map((value) => 2 + 0.5 * value),
    );
  });

  it("normal(generator) is finite where the uniform draws are at their ends", () => {
    for (const word of [0, 0xffffffff]) {
      const generator: Generator = { uint32: () => word, state: () => ({ algorithm: "xoshiro128", words: [] }) };
      expect(Number.isFinite(normal(generator))).toBe(true);
    }
  });
});

describe("shuffle", () => {
  it("shuffle(generator, items) keeps the items, of an array and of a typed array", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 })), fc.nat(), (items, seed) => {
        const [array, typed] = [[...items], Int32Array.from(items)];
        shuffle(xoshiro128(seed), array);
        shuffle(xoshiro128(seed), typed);
        expect([...typed]).toEqual(array);
        expect(typed.sort()).toEqual(Int32Array.from(items).sort());
      }),
    );
  });

  it("shuffle(generator, [0, 1, 2]) gives each of the six orders equally often", () => {
    const orders = draws((generator) => {
      const items = [0, 1, 2];
      shuffle(generator, items);
      return items[0]! * 2 + (items[1]! > items[2]! ? 1 : 0);
    });
    expect(
      chiSquare(
        counts(orders, 6),
        [0, 0, 0, 0, 0, 0].map(() => 1 / 6),
      ),
    ).toBeLessThan(20);
  });

  it.each([[[]], [["only"]]])("shuffle(generator, %j) draws nothing", (items: string[]) => {
    const generator = xoshiro128(3);
    const before = generator.state();
    shuffle(generator, items);
    expect(generator.state()).toEqual(before);
  });
});

describe("categorical", () => {
  it("categorical(generator, weights) draws in proportion to weights of any sum, and never a zero one", () => {
    const weights = [0, 1, 2, 0, 5, 0];
    const counted = counts(
      draws((generator) => categorical(generator, weights)),
      weights.length,
    );
    expect([counted[0], counted[3], counted[5]]).toEqual([0, 0, 0]);
    expect(chiSquare([counted[1]!, counted[2]!, counted[4]!], [1 / 8, 2 / 8, 5 / 8])).toBeLessThan(16);
  });

  it("categorical(generator, weights) draws a positive weight at both ends of the unit interval", () => {
    const ends = [0, 0xffffffff].map((word) =>
      categorical(
        { uint32: () => word, state: () => ({ algorithm: "xoshiro128", words: [] }) },
        Float32Array.of(0, 0.1, 0.2, 0.3, 0),
      ),
    );
    expect(ends).toEqual([1, 3]);
  });

  it.each([
    [[1, -1], "weights must be non-negative and finite, got -1 at index 1"],
    [[NaN], "weights must be non-negative and finite, got NaN at index 0"],
    [[1, 2, Infinity], "weights must be non-negative and finite, got Infinity at index 2"],
    [[], "weights must have a positive, finite sum, got 0"],
    [[0, 0], "weights must have a positive, finite sum, got 0"],
    [[1e308, 1e308], "weights must have a positive, finite sum, got Infinity"],
  ])("throws a RangeError for the weights %j", (weights, message) => {
    expect(() => categorical(xoshiro128(0), weights)).toThrow(new RangeError(`categorical: ${message}`));
  });
});
