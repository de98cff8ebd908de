import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editAlignment, editDistance, errorRateStatistics } from "../src/index.ts";

const tokens = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "", 3],
    ["kitten", "kitten", 0],
    ["sitting", "kitten", 3],
    ["flaw", "lawn", 2],
    ["ab", "ba", 2], // Levenshtein's, which has no transpositions
    ["aaa", "a", 2],
    ["x😀y", "x😁y", 1], // a code point, not two units
    [["the", "cat"], ["the", "hat"], 1],
    [Int32Array.of(1, 2, 3), [1, 3], 1],
    [[1], ["1"], 1],
  ])("editDistance(%j, %j) is %d", (hypothesis, reference, distance) => {
    expect(editDistance(hypothesis, reference)).toBe(distance);
  });

  it("editDistance is a metric: zero of equals only, symmetric, and no more than a detour", () => {
    fc.assert(
      fc.property(tokens, tokens, tokens, (a, b, c) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b) === 0).toBe(a.join("") === b.join(""));
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
      { seed: 31 },
    );
  });

  it("editDistance equals the recursion that defines it", () => {
    const defined = (a: readonly string[], b: readonly string[]): number => {
      if (a.length === 0 || b.length === 0) return Math.max(a.length, b.length);
      const [restOfA, restOfB] = [a.slice(1), b.slice(1)];
      const exchange = defined(restOfA, restOfB) + (a[0] === b[0] ? 0 : 1);
      return Math.min(exchange, defined(restOfA, b) + 1, defined(a, restOfB) + 1);
    };
    const short = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 6 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(editDistance(a, b)).toBe(defined(a, b));
      }),
      { seed: 32 },
    );
  });

  it.each([
    [undefined, "a", "editDistance: hypothesis must be a string or an array of tokens, got undefined"],
    ["a", 3, "editDistance: reference must be a string or an array of tokens, got number"],
  ])("editDistance(%j, %j) names the argument that is wrong", (hypothesis, reference, message) => {
    expect(() => editDistance(hypothesis as string, reference as unknown as string)).toThrow(new TypeError(message));
  });
});

describe("editAlignment", () => {
  const letters = (hypothesis: string, reference: string): string =>
    editAlignment(hypothesis, reference)
      .operations.map(({ operation }) => operation[0])
      .join("");

  it.each([
    ["", "", ""],
    ["", "ab", "dd"],
    ["ab", "", "ii"],
    ["ab", "ab", "hh"],
    ["sitting", "kitten", "shhhshi"],
    ["aaa", "a", "hii"], // the shared beginning goes before the shared end
    ["xab", "yyab", "sdhh"], // read backwards, the deletion goes first
    ["ba", "ab", "ihd"],
  ])("editAlignment(%j, %j) is %j", (hypothesis, reference, expected) => {
    expect(letters(hypothesis, reference)).toBe(expected);
  });

  it("editAlignment has indices from left to right, an absent token's being that of the next", () => {
    expect(editAlignment("axc", "abbc")).toEqual({
      distance: 2,
      hits: 2,
      substitutions: 1,
      insertions: 0,
      deletions: 1,
      operations: [
        { operation: "hit", hypothesisIndex: 0, referenceIndex: 0 },
        { operation: "substitution", hypothesisIndex: 1, referenceIndex: 1 },
        { operation: "deletion", hypothesisIndex: 2, referenceIndex: 2 },
        { operation: "hit", hypothesisIndex: 2, referenceIndex: 3 },
      ],
    });
  });

  it("editAlignment replayed on the reference gives the hypothesis, at the cost of the distance", () => {
    fc.assert(
      fc.property(tokens, tokens, (hypothesis, reference) => {
        const { distance, operations, ...counts } = editAlignment(hypothesis, reference);
        const replayed: string[] = [];
        let next = 0;
        let edits = 0;
        let isConsistent = true; // no substitution of a token by itself
        for (const { operation, hypothesisIndex, referenceIndex } of operations) {
          expect([hypothesisIndex, referenceIndex]).toEqual([replayed.length, next]);
          if (operation === "hit") replayed.push(reference[next]!);
          else edits++;
          isConsistent &&= operation !== "substitution" || hypothesis[hypothesisIndex] !== reference[referenceIndex];
          if (operation === "substitution" || operation === "insertion") replayed.push(hypothesis[hypothesisIndex]!);
          if (operation !== "insertion") next++;
        }
        expect(isConsistent).toBe(true);
        expect(replayed).toEqual(hypothesis);
        expect(next).toBe(reference.length);
        expect(distance).toBe(edits);
        expect(distance).toBe(editDistance(hypothesis, reference));
        const count = (wanted: string) => operations.filter(({ operation }) => operation === wanted).length;
        expect(counts).toEqual({
          hits: count("hit"),
          substitutions: count("substitution"),
          insertions: count("insertion"),
          deletions: count("deletion"),
        });
        expect(errorRateStatistics(hypothesis, reference)).toEqual(counts);
      }),
      { seed: 33, numRuns: 300 },
    );
  });
});
