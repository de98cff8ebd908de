import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accuracy,
  accuracyStatistics,
  classificationScores,
  confusionMatrix,
  exactMatch,
  exactMatchStatistics,
  sumAccuracy,
  sumConfusionMatrices,
} from "../src/index.ts";

type Averaged = readonly [number, number, number];

const { source, command, cases } = golden<
  readonly {
    readonly name: string;
    readonly predictions: readonly (string | number)[];
    readonly references: readonly (string | number)[];
    readonly labels: readonly (string | number)[] | null;
    readonly order: readonly (string | number)[];
    readonly counts: readonly (readonly number[])[];
    readonly accuracy: number;
    /** Precision, recall and F1, each of all classes. */
    readonly classes: readonly (readonly number[])[];
    readonly micro: Averaged;
    readonly macro: Averaged;
    readonly weighted: Averaged;
  }[]
>(import.meta.url, "classification");

describe(`Classification equals ${source} (${command})`, () => {
  it.each(cases)("confusionMatrix and classificationScores of $name", (expected) => {
    const { predictions, references, labels, order } = expected;
    const matrix = confusionMatrix(predictions, references, labels ? { labels } : {});
    expect(matrix).toEqual({ labels: order, counts: expected.counts });

    const { accuracy: fraction, classes, micro, macro, weighted } = classificationScores(matrix);
    const close = ([precision, recall, f1]: readonly number[]) => ({
      precision: expect.closeTo(precision!, 13),
      recall: expect.closeTo(recall!, 13),
      f1: expect.closeTo(f1!, 13),
    });
    expect(fraction).toBeCloseTo(expected.accuracy, 13);
    expect(classes).toMatchObject(
      order.map((label, i) => ({ label, ...close(expected.classes.map((scores) => scores[i]!)) })),
    );
    expect(micro).toMatchObject(close(expected.micro));
    expect(macro).toEqual(close(expected.macro));
    expect(weighted).toEqual(close(expected.weighted));
    expect(accuracy(accuracyStatistics(predictions, references))).toBeCloseTo(expected.accuracy, 13);
  });
});

const label = fc.constantFrom("a", "b", "c", "d");
const pairs = fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 30 });
const split = (rows: readonly (readonly [string, string])[]) =>
  [rows.map(([prediction]) => prediction), rows.map(([, reference]) => reference)] as const;

describe("confusionMatrix", () => {
  it("confusionMatrix has references in rows and predictions in columns", () => {
    expect(confusionMatrix(["b", "b", "a"], ["a", "a", "a"])).toEqual({
      labels: ["a", "b"],
      counts: [
        [1, 2],
        [0, 0],
      ],
    });
  });

  it("confusionMatrix(ids, ids) sorts numbers as numbers, and takes typed arrays", () => {
    expect(confusionMatrix(Int32Array.of(10, 9), Int32Array.of(9, 9)).labels).toEqual([9, 10]);
  });

  it("confusionMatrix(predictions, references, {mask}) leaves out positions of 0 or false, labels too", () => {
    const matrix = confusionMatrix(["a", "pad", "b"], ["a", "a", "a"], { mask: [1, 0, true] });
    expect(matrix).toEqual({
      labels: ["a", "b"],
      counts: [
        [1, 1],
        [0, 0],
      ],
    });
  });

  it("confusionMatrix([], []) has no labels, or zeros for those given", () => {
    expect(confusionMatrix([], [])).toEqual({ labels: [], counts: [] });
    expect(confusionMatrix([], [], { labels: ["a"] })).toEqual({ labels: ["a"], counts: [[0]] });
  });

  it.each([
    [["a"], ["a", "b"], {}, RangeError, "references must have as many items as predictions, 1, got 2"],
    ["ab", ["a", "b"], {}, TypeError, "predictions must be an array, got string"],
    [["a"], ["a"], { mask: [1, 1] }, RangeError, "mask must have as many items as predictions, 1, got 2"],
    [["x"], ["a"], { labels: ["a"] }, RangeError, "predictions must hold labels only, got x"],
    [["a"], ["x"], { labels: ["a"] }, RangeError, "references must hold labels only, got x"],
    [["a"], ["a"], { labels: ["a", "b", "a"] }, RangeError, "labels must be distinct, got a twice"],
    [["a"], [1], {}, TypeError, "labels must be all strings or all numbers, got 1 and a"],
  ])("confusionMatrix(%j, %j, %j) names the argument that is wrong", (left, right, options, kind, message) => {
    const call = () => confusionMatrix<string | number>(left as string[], right as string[], options);
    expect(call).toThrow(new kind(`confusionMatrix: ${message}`));
  });
});

describe("sumConfusionMatrices", () => {
  it("sumConfusionMatrices of parts equals the matrix of the whole, whatever labels each part has", () => {
    fc.assert(
      fc.property(pairs, fc.nat(30), (rows, at) => {
        const parts = [rows.slice(0, at), rows.slice(at)].map((part) => confusionMatrix(...split(part)));
        expect(sumConfusionMatrices(parts)).toEqual(confusionMatrix(...split(rows)));
        expect(sumConfusionMatrices(parts.reverse())).toEqual(confusionMatrix(...split(rows)));
      }),
      { seed: 36 },
    );
  });

  it("sumConfusionMatrices keeps the order of labels that all parts share", () => {
    const labels = ["b", "a"];
    const part = confusionMatrix(["a", "b"], ["b", "b"], { labels });
    expect(sumConfusionMatrices([part, part])).toEqual({
      labels,
      counts: [
        [2, 2],
        [0, 0],
      ],
    });
    expect(sumConfusionMatrices([])).toEqual({ labels: [], counts: [] });
  });
});

describe("classificationScores", () => {
  it("classificationScores: micro precision, recall and F1 equal accuracy, and all are from 0 to 1", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [predictions, references] = split(rows);
        const scores = classificationScores(confusionMatrix(predictions, references));
        const fraction = accuracy(accuracyStatistics(predictions, references));
        const { precision, recall, f1 } = scores.micro;
        expect([scores.accuracy, precision, recall, f1]).toEqual([fraction, fraction, fraction, fraction]);
        for (const { precision, recall, f1 } of [...scores.classes, scores.macro, scores.weighted]) {
          for (const score of [precision, recall, f1]) expect(score >= 0 && score <= 1 + 1e-12).toBe(true);
        }
        expect(scores.weighted.recall).toBeCloseTo(fraction, 12);
      }),
      { seed: 37 },
    );
  });

  it.each([
    [{ labels: [], counts: [] }, "matrix.counts must count at least one position, got 0"],
    [{ labels: ["a"], counts: [[0]] }, "matrix.counts must count at least one position, got 0"],
    [{ labels: ["a", "b"], counts: [[1, 0]] }, "matrix.counts must be 2 by 2, as many as there are labels"],
    [{ labels: ["a"], counts: [[0.5]] }, "matrix.counts[0][0] must be a non-negative integer, got 0.5"],
  ])("classificationScores(%j) throws", (matrix, message) => {
    expect(() => classificationScores(matrix)).toThrow(new RangeError(`classificationScores: ${message}`));
  });
});

describe("accuracy", () => {
  it.each([
    [["a"], ["a"], undefined, 1],
    [["a"], ["b"], undefined, 0],
    [[1, 2, 3, 0], [1, 2, 4, 0], [1, 1, 1, 0], 2 / 3],
    [[1, 2], [1, 3], [true, false], 1],
  ])("accuracy of %j against %j with mask %j is %d", (predictions, references, mask, fraction) => {
    const statistics = accuracyStatistics<string | number>(predictions, references, mask ? { mask } : {});
    expect(accuracy(statistics)).toBe(fraction);
  });

  it("accuracy of sumAccuracy weighs positions, not batches", () => {
    const parts = [accuracyStatistics(["a", "b", "c"], ["a", "b", "c"]), accuracyStatistics(["a"], ["b"])];
    expect(accuracy(sumAccuracy(parts))).toBe(3 / 4);
    expect(sumAccuracy([])).toEqual({ correct: 0, count: 0 });
  });

  it.each([
    [{ correct: 0, count: 0 }, "statistics.count must be positive and finite, got 0"],
    [{ correct: 0, count: NaN }, "statistics.count must be positive and finite, got NaN"],
    [{ correct: 2, count: 1 }, "statistics.correct must be from 0 to the count 1, got 2"],
  ])("accuracy(%j) throws", (statistics, message) => {
    expect(() => accuracy(statistics)).toThrow(new RangeError(`accuracy: ${message}`));
  });

  it("accuracyStatistics of unequal lengths throws", () => {
    expect(() => accuracyStatistics([1, 2], [1])).toThrow(
      new RangeError("accuracyStatistics: references must have as many items as predictions, 2, got 1"),
    );
  });
});

describe("exactMatch", () => {
  it.each([
    [["yes"], [["yes"]], 1],
    [["yes"], [["Yes"]], 0],
    [["yes "], [["yes"]], 0],
    [
      ["a", "b"],
      [
        ["a", "x"],
        [null, "b"],
      ],
      1,
    ],
    [["", "b"], [["", ""]], 1 / 2],
  ])("exactMatch(%j, %j) is %d", (hypotheses, references, fraction) => {
    expect(exactMatch(hypotheses, references)).toBe(fraction);
  });

  it("exactMatch(hypotheses, references, {normalize}) compares what it makes of both", () => {
    expect(exactMatch(["Yes!"], [["yes"]], { normalize: (text) => text.toLowerCase().replace("!", "") })).toBe(1);
  });

  it("exactMatchStatistics of parts add up", () => {
    const parts = [exactMatchStatistics(["a", "b"], [["a", "c"]]), exactMatchStatistics(["c"], [["c"]])];
    expect(accuracy(sumAccuracy(parts))).toBe(exactMatch(["a", "b", "c"], [["a", "c", "c"]]));
  });

  it("exactMatch names the argument that is wrong", () => {
    expect(() => exactMatch(["a"], [["a", "b"]])).toThrow("exactMatch: references[0] must have as many segments");
    expect(() => exactMatchStatistics([], [])).toThrow("exactMatchStatistics: hypotheses must hold at least one");
  });
});
