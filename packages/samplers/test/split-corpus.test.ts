import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitCorpus } from "../src/index.ts";

describe("splitCorpus", () => {
  it.each([
    [10, 0.1, 9, 1],
    [10, 0, 10, 0],
    [10, 0.99, 1, 9],
    [19, 0.1, 18, 1],
    [1, 0.5, 1, 0],
    [0, 0.5, 0, 0],
  ])("splitCorpus of %i tokens, { validationFraction: %d } has %i and %i", (length, validationFraction, ...sizes) => {
    const { train, validation } = splitCorpus(new Int32Array(length), { validationFraction });
    expect([train.length, validation.length]).toEqual(sizes);
  });

  it("train and validation adjoin, without overlap, and are views", () => {
    fc.assert(
      fc.property(
        fc.int32Array(),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (corpus, fraction) => {
          const { train, validation } = splitCorpus(corpus, { validationFraction: fraction });
          expect([...train, ...validation]).toEqual([...corpus]);
          expect([train.buffer === corpus.buffer, validation.buffer === corpus.buffer]).toEqual([true, true]);
        },
      ),
    );
  });

  it.each([-0.1, 1, NaN, Infinity])("throws a RangeError for the validationFraction %s", (validationFraction) => {
    expect(() => splitCorpus(new Int32Array(5), { validationFraction })).toThrow(
      new RangeError(`splitCorpus: validationFraction must be from 0 to below 1, got ${validationFraction}`),
    );
  });

  it("throws a TypeError for a corpus that is not an Int32Array", () => {
    expect(() => splitCorpus([1, 2] as unknown as Int32Array, { validationFraction: 0.5 })).toThrow(
      new TypeError("splitCorpus: corpus must be an Int32Array, got array"),
    );
  });
});
