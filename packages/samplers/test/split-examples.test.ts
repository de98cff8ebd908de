import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitExamples } from "../src/index.ts";

const count = (length: number) => Array.from({ length }, (_, i) => i);

describe("splitExamples(examples, options)", () => {
  it.each([
    [10, { validationFraction: 0.2 }, [8, 2, 0]],
    [10, { validationFraction: 0.25, testFraction: 0.1 }, [7, 2, 1]],
    [10, { validationFraction: 0 }, [10, 0, 0]],
    [3, { validationFraction: 0.1, testFraction: 0.3 }, [3, 0, 0]],
    [0, { validationFraction: 0.5 }, [0, 0, 0]],
  ])("of %i examples and %j has parts of %j", (length, fractions, sizes) => {
    const { train, validation, test } = splitExamples(count(length), { ...fractions, seed: 1 });
    expect([train.length, validation.length, test.length]).toEqual(sizes);
  });

  it("puts every example into one part, in which they keep their order; the same for the same seed", () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), fc.nat(), (length, seed) => {
        const options = { validationFraction: 0.3, testFraction: 0.2, seed };
        const { train, validation, test } = splitExamples(count(length), options);
        expect([...train, ...validation, ...test].sort((a, b) => a - b)).toEqual(count(length));
        for (const part of [train, validation, test]) expect(part).toEqual([...part].sort((a, b) => a - b));
        const names = splitExamples(count(length).map(String), options);
        expect(names).toEqual({
          train: train.map(String),
          validation: validation.map(String),
          test: test.map(String),
        });
      }),
    );
  });

  it("draws each example into the validation part as often as the fraction says", () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (let seed = 0; seed < 2000; seed++) {
      for (const i of splitExamples(count(10), { validationFraction: 0.3, seed }).validation) counts[i]!++;
    }
    for (const each of counts) expect(Math.abs(each - 600)).toBeLessThan(5 * Math.sqrt(2000 * 0.3 * 0.7));
  });

  it.each([
    [{ validationFraction: 1 }, "validationFraction must be from 0 to below 1, got 1"],
    [{ validationFraction: NaN }, "validationFraction must be from 0 to below 1, got NaN"],
    [
      { validationFraction: 0.6, testFraction: 0.4 },
      "validationFraction + testFraction must be below 1, got 0.6 + 0.4",
    ],
    [{ validationFraction: 0.1, seed: -3 }, "seed must be an integer from 0 to 4294967295, got -3"],
  ])("throws a RangeError for %j", (options, message) => {
    expect(() => splitExamples([1, 2], { seed: 0, ...options })).toThrow(new RangeError(`splitExamples: ${message}`));
  });
});
