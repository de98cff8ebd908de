import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitCorpus } from "../src/index.ts";

describe("splitCorpus", () => {
  it.each([
    [10, { validationFraction: 0.1 }, 9, 1, 0],
    [10, { validationFraction: 0 }, 10, 0, 0],
    [10, { validationFraction: 0.99 }, 1, 9, 0],
    [19, { validationFraction: 0.1 }, 18, 1, 0],
    [19, { validationFraction: 0.1, testFraction: 0.2 }, 15, 1, 3],
    [10, { validationFraction: 0, testFraction: 0.5 }, 5, 0, 5],
    [1, { validationFraction: 0.5, testFraction: 0.4 }, 1, 0, 0],
    [0, { validationFraction: 0.5 }, 0, 0, 0],
  ])("of %i tokens, %j has %i, %i and %i", (length, fractions, ...sizes) => {
    const { train, validation, test } = splitCorpus(new Int32Array(length), fractions);
    expect([train.length, validation.length, test.length]).toEqual(sizes);
  });

  it("the parts adjoin, without overlap, and are views of the same type", () => {
    const fraction = fc.double({ min: 0, max: 0.5, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.uint16Array(), fraction, fraction, (corpus, validationFraction, testFraction) => {
        const { train, validation, test } = splitCorpus(corpus, { validationFraction, testFraction });
        expect([...train, ...validation, ...test]).toEqual([...corpus]);
        for (const part of [train, validation, test]) {
          expect([part.buffer === corpus.buffer, part.constructor]).toEqual([true, Uint16Array]);
        }
      }),
    );
  });

  it("throws a RangeError when the fractions leave nothing to learn from", () => {
    expect(() => splitCorpus(new Int32Array(5), { validationFraction: 0.5, testFraction: 0.5 })).toThrow(
      new RangeError("splitCorpus: validationFraction + testFraction must be below 1, got 0.5 + 0.5"),
    );
    expect(() => splitCorpus(new Int32Array(5), { validationFraction: 0.5, testFraction: -1 })).toThrow(
      new RangeError("splitCorpus: testFraction must be from 0 to below 1, got -1"),
    );
  });

  it.each([-0.1, 1, NaN, Infinity])("throws a RangeError for the validationFraction %s", (validationFraction) => {
    expect(() => splitCorpus(new Int32Array(5), { validationFraction })).toThrow(
      new RangeError(`splitCorpus: validationFraction must be from 0 to below 1, got ${validationFraction}`),
    );
  });

  it("throws a TypeError for a corpus that is no typed array of ids", () => {
    expect(() => splitCorpus([1, 2] as unknown as Int32Array, { validationFraction: 0.5 })).toThrow(
      new TypeError("splitCorpus: corpus must be an Int32Array or a Uint32Array, Uint16Array or Uint8Array, got Array"),
    );
  });
});
