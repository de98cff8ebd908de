import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topK } from "../src/top-k.ts";

describe("topK", () => {
  it.each([
    { scores: [], count: 3, expected: [] },
    { scores: [5], count: 3, expected: [0] },
    { scores: [1, 3, 2], count: 2, expected: [1, 2] },
    { scores: [2, 2, 2, 2], count: 2, expected: [0, 1] },
    { scores: [1, 2, 1, 2], count: 3, expected: [1, 3, 0] },
    { scores: [-Infinity, 0, -Infinity], count: 3, expected: [1] },
    { scores: [-Infinity], count: 1, expected: [] },
  ])("topK($scores, $count) is $expected", ({ scores, count, expected }) => {
    expect(topK(scores, count)).toEqual(expected);
  });

  it("topK(scores, count) is the head of the stably sorted indices, ties included", () => {
    const score = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(-Infinity));
    fc.assert(
      fc.property(fc.array(score, { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (scores, count) => {
        const sorted = [...scores.keys()]
          .filter((i) => scores[i] !== -Infinity)
          .sort((i, j) => scores[j]! - scores[i]!);
        expect(topK(scores, count)).toEqual(sorted.slice(0, count));
      }),
    );
  });
});
