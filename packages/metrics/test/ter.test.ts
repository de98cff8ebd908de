import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  editDistance,
  ter,
  terFromStatistics,
  terMetric,
  terSignature,
  terStatistics,
  sumTerStatistics,
} from "../src/index.ts";
import { editTables } from "../src/edit-tables.ts";
import { translationEdits } from "../src/translation-edits.ts";

const words = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });
const sentence = words.map((list) => list.join(" "));
const ids = (minLength: number) => fc.array(fc.integer({ max: 3, min: 0 }), { minLength, maxLength: 20 });

describe("editTables", () => {
  it("editTables(...).align and distanceShifted are edit distances", () => {
    const places = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((cuts) => cuts.sort((a, b) => a - b));
    fc.assert(
      fc.property(ids(1), ids(1), places, (hypothesis, reference, cuts) => {
        const tables = editTables(hypothesis.length, Int32Array.from(reference));
        expect(tables.align(Int32Array.from(hypothesis))).toBe(editDistance(hypothesis, reference));
        const [begin, middle, end] = cuts.map((cut) => Math.min(cut, hypothesis.length)) as [number, number, number];
        if (begin === end) return;
        const shifted = [
          ...hypothesis.slice(0, begin),
          ...hypothesis.slice(middle, end),
          ...hypothesis.slice(begin, middle),
          ...hypothesis.slice(end),
        ];
        expect(tables.distanceShifted({ begin, middle, end })).toBe(editDistance(shifted, reference));
      }),
      { seed: 40, numRuns: 300 },
    );
  });
});

describe("translationEdits", () => {
  it("translationEdits is at most the edit distance and at least what no order of the words can spare", () => {
    fc.assert(
      fc.property(ids(0), ids(0), (hypothesis, reference) => {
        const edits = translationEdits(Int32Array.from(hypothesis), Int32Array.from(reference));
        expect(edits).toBeLessThanOrEqual(editDistance(hypothesis, reference));
        const common = [0, 1, 2, 3].map((id) =>
          Math.min(...[hypothesis, reference].map((side) => side.filter((word) => word === id).length)),
        );
        const longer = Math.max(hypothesis.length, reference.length);
        expect(edits).toBeGreaterThanOrEqual(longer - common.reduce((sum, count) => sum + count, 0));
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  it("translationEdits leaves its arguments alone", () => {
    const hypothesis = Int32Array.of(3, 4, 0, 1, 2);
    expect(translationEdits(hypothesis, Int32Array.of(0, 1, 2, 3, 4))).toBe(1);
    expect(hypothesis).toEqual(Int32Array.of(3, 4, 0, 1, 2));
  });
});

describe("terStatistics", () => {
  it.each([
    // hypothesis, references, edits, reference length
    ["a b c", ["a b c"], 0, 3],
    ["", ["a b"], 2, 2],
    ["a b", [""], 2, 0],
    ["", [""], 0, 0],
    ["x y", ["a b c"], 3, 3],
    ["c a b", ["a b c"], 1, 3], // one shift
    ["A", ["a"], 0, 1],
    ["a b", ["c d e f", "a"], 1, 2.5], // the fewest edits, the mean length
    ["a", ["", "b c d"], 1, 1.5],
  ])("terStatistics(%j, %j) is %d edits in %d words", (hypothesis, references, edits, referenceLength) => {
    expect(terStatistics(hypothesis, references)).toEqual({ edits, referenceLength });
  });

  it("terStatistics without a reference throws", () => {
    expect(() => terStatistics("a", [])).toThrow(
      new RangeError("terStatistics: references must hold at least one, got 0"),
    );
  });
});

describe("terFromStatistics", () => {
  it.each([
    [3, 4, 75],
    [5, 4, 125],
    [2, 0, 100],
    [0, 0, 0],
  ])("terFromStatistics of %d edits in %d words is %d", (edits, referenceLength, score) => {
    expect(terFromStatistics({ edits, referenceLength })).toEqual({ score, edits, referenceLength });
  });

  it.each([
    [{ edits: -1, referenceLength: 1 }, "statistics.edits must be non-negative and finite, got -1"],
    [{ edits: 1, referenceLength: NaN }, "statistics.referenceLength must be non-negative and finite, got NaN"],
  ])("terFromStatistics(%j) throws", (statistics, message) => {
    expect(() => terFromStatistics(statistics)).toThrow(new RangeError(`terFromStatistics: ${message}`));
  });
});

describe("ter", () => {
  it("ter(hypotheses, [hypotheses]) is 0", () => {
    const hypotheses = ["The quick brown fox jumps.", "", "Two, three and four."];
    expect(ter(hypotheses, [hypotheses])).toEqual({ score: 0, edits: 0, referenceLength: 9 });
  });

  it("ter is terFromStatistics of the sum of terStatistics, in any order of the segments", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(sentence, sentence, sentence), { minLength: 1 }), (segments) => {
        const streams = [1, 2].map((k) => segments.map((segment) => segment[k]!));
        const result = ter(
          segments.map(([hypothesis]) => hypothesis),
          streams,
        );
        const parts = segments.map(([hypothesis, ...references]) => terStatistics(hypothesis, references));
        expect(result).toEqual(terFromStatistics(sumTerStatistics(parts.reverse())));
      }),
      { seed: 42 },
    );
  });

  it("ter with references of unequal number takes those that a segment has", () => {
    expect(
      ter(
        ["a b", "c d"],
        [
          ["a b c", null],
          ["a b", "c"],
        ],
      ),
    ).toEqual({
      score: 100 * (1 / 3.5),
      edits: 1,
      referenceLength: 3.5,
    });
  });

  it("ter refuses transposed references by name", () => {
    expect(() => ter(["a", "b"], [["a"], ["b"], ["c"]])).toThrow(
      "ter: references[0] must have as many segments as hypotheses, 2, got 1",
    );
  });
});

describe("terMetric", () => {
  it("terMetric().statistics overwrites what was in the row, and wants a reference", () => {
    const metric = terMetric();
    const row = Float64Array.of(7, 7);
    metric.statistics("a c", ["a b"], row);
    expect(Array.from(row)).toEqual([1, 2]);
    expect(metric.isHigherBetter).toBe(false);
    expect(() => metric.statistics("a", [], row)).toThrow(
      new RangeError("terMetric: references must hold at least one, got 0"),
    );
  });
});

describe("terSignature", () => {
  it('terSignature(options, "var") is that of references of unequal number', () => {
    expect(terSignature({ punctuation: false }, "var")).toBe(
      "nrefs:var|case:lc|tok:tercom|norm:no|punct:no|asian:no|version:2.6.0",
    );
  });

  it("terSignature of half a reference throws", () => {
    expect(() => terSignature({}, 0.5)).toThrow(
      new RangeError('terSignature: numReferences must be a positive integer or "var", got 0.5'),
    );
  });
});
