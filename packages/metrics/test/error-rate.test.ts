import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  characterErrorRate,
  editAlignment,
  editDistance,
  type ErrorRate,
  errorRateFromStatistics,
  errorRateStatistics,
  sumErrorRateStatistics,
  wordErrorRate,
} from "../src/index.ts";

/** Hits, substitutions, insertions, deletions and rate. */
type Counts = readonly [number, number, number, number, number];

const { source, command, cases } = golden<{
  /** Hypothesis, reference, the alignment of their words, and the counts of words and of characters. */
  readonly segments: readonly (readonly [string, string, string, Counts, Counts])[];
  readonly words: Counts;
  readonly characters: Counts;
}>(import.meta.url, "error-rate");

const countsOf = ({ hits, substitutions, insertions, deletions, rate }: ErrorRate): Counts => [
  hits,
  substitutions,
  insertions,
  deletions,
  rate,
];
const splitWords = (text: string): string[] => text.split(" ").filter((word) => word !== "");

describe(`Error rates and alignments equal ${source} (${command})`, () => {
  it("wordErrorRate and characterErrorRate of each segment", () => {
    for (const [hypothesis, reference, , words, characters] of cases.segments) {
      expect(countsOf(wordErrorRate([hypothesis], [reference]))).toEqual(words);
      expect(countsOf(characterErrorRate([hypothesis], [reference]))).toEqual(characters);
    }
  });

  it("wordErrorRate and characterErrorRate of the corpus", () => {
    const hypotheses = cases.segments.map(([hypothesis]) => hypothesis);
    const references = cases.segments.map(([, reference]) => reference);
    expect(countsOf(wordErrorRate(hypotheses, references))).toEqual(cases.words);
    expect(countsOf(characterErrorRate(hypotheses, references))).toEqual(cases.characters);
  });

  it("editAlignment, step by step, and editDistance", () => {
    for (const [hypothesis, reference, steps] of cases.segments) {
      const [left, right] = [splitWords(hypothesis), splitWords(reference)];
      const { operations } = editAlignment(left, right);
      expect(operations.map(({ operation }) => operation[0]).join("")).toBe(steps);
      expect(editDistance(left, right)).toBe(steps.replaceAll("h", "").length);
    }
  });
});

describe("wordErrorRate", () => {
  it.each([
    [[""], [""], 0],
    [["a b"], [""], 2], // no reference word: the number of insertions
    [[""], ["a b"], 1],
    [["a b"], ["a b"], 0],
    [["a b c d"], ["a"], 3],
    [["a\tb\u3000c "], ["a b c"], 0],
    [["a", ""], ["a b c", "d"], 3 / 4], // of four words, not the mean of 2/3 and 1
  ])("wordErrorRate(%j, %j) is %d", (hypotheses, references, rate) => {
    expect(wordErrorRate(hypotheses, references).rate).toBe(rate);
  });

  it.each([
    [[], [], RangeError, "wordErrorRate: hypotheses must hold at least one segment, got 0"],
    [["a"], ["a", "b"], RangeError, "wordErrorRate: references must have as many items as hypotheses, 1, got 2"],
    ["a", ["a"], TypeError, "wordErrorRate: hypotheses must be an array, got string"],
    [["a"], null, TypeError, "wordErrorRate: references must be an array, got null"],
    [["a"], [["a"]], TypeError, "wordErrorRate: references[0] must be a string, got object"],
    [["a", undefined], ["a", "b"], TypeError, "wordErrorRate: hypotheses[1] must be a string, got undefined"],
  ])("wordErrorRate(%j, %j) names the argument that is wrong", (hypotheses, references, kind, message) => {
    expect(() => wordErrorRate(hypotheses as string[], references as string[])).toThrow(new kind(message));
  });
});

describe("characterErrorRate", () => {
  it.each([
    [["ab"], ["abc"], 1 / 3],
    [["a b"], ["ab"], 1 / 2], // whitespace between words counts
    [["\u0085ab\n"], [" ab"], 0], // but not at the ends
    [["😀"], ["😁"], 1],
  ])("characterErrorRate(%j, %j) is %d", (hypotheses, references, rate) => {
    expect(characterErrorRate(hypotheses, references).rate).toBe(rate);
  });

  it("characterErrorRate names itself in its errors", () => {
    expect(() => characterErrorRate(["a"], [])).toThrow(
      new RangeError("characterErrorRate: references must have as many items as hypotheses, 1, got 0"),
    );
  });
});

describe("sumErrorRateStatistics", () => {
  it("sumErrorRateStatistics of parts, in any order, makes the error rate of the corpus", () => {
    const sentence = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.tuple(sentence, sentence), { minLength: 1 }), (pairs) => {
        const statistics = pairs.map(([hypothesis, reference]) => errorRateStatistics(hypothesis, reference));
        const half = sumErrorRateStatistics(statistics.slice(pairs.length / 2));
        const sum = sumErrorRateStatistics([half, ...statistics.slice(0, pairs.length / 2)]);
        const [hypotheses, references] = [0, 1].map((side) => pairs.map((pair) => pair[side as 0 | 1].join(" ")));
        expect(errorRateFromStatistics(sum)).toEqual(wordErrorRate(hypotheses!, references!));
      }),
      { seed: 34 },
    );
  });

  it("sumErrorRateStatistics([]) is all zero, and its rate 0", () => {
    const none = sumErrorRateStatistics([]);
    expect(errorRateFromStatistics(none)).toEqual({ hits: 0, substitutions: 0, insertions: 0, deletions: 0, rate: 0 });
  });

  it("errorRateFromStatistics of what is no count throws", () => {
    const statistics = { hits: 1, substitutions: 0, insertions: -1, deletions: 0 };
    expect(() => errorRateFromStatistics(statistics)).toThrow(
      new RangeError("errorRateFromStatistics: insertions must be a non-negative integer, got -1"),
    );
  });
});
