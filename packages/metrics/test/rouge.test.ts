import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rouge, rougeFromStatistics, type RougeScores, rougeStatistics, sumRougeStatistics } from "../src/index.ts";
import { tokenizeRouge } from "../src/tokenize-rouge.ts";

/** Precision, recall and F1 of ROUGE-1, then of -2, -L and -Lsum. */
type Scores = readonly number[];

const { source, command, cases } = golden<{
  /** A hypothesis and two references. */
  readonly segments: readonly (readonly [string, string, string])[];
  readonly tokens: readonly (readonly string[])[];
  readonly single: readonly Scores[];
  readonly double: readonly Scores[];
  readonly singleMean: Scores;
  readonly doubleMean: Scores;
}>(import.meta.url, "rouge");

const scoresOf = ({ rouge1, rouge2, rougeL, rougeLsum }: RougeScores): number[] =>
  [rouge1, rouge2, rougeL, rougeLsum].flatMap(({ precision, recall, f1 }) => [precision, recall, f1]);
const close = (scores: Scores) => scores.map((score) => expect.closeTo(score, 13));

describe(`ROUGE equals ${source} (${command})`, () => {
  it("rouge of each segment with one reference and with two", () => {
    cases.segments.forEach(([hypothesis, first, second], i) => {
      expect(scoresOf(rouge([hypothesis], [[first]])), hypothesis).toEqual(close(cases.single[i]!));
      expect(scoresOf(rouge([hypothesis], [[first], [second]])), hypothesis).toEqual(close(cases.double[i]!));
    });
  });

  it("rouge of the corpus is the mean", () => {
    const [hypotheses, first, second] = [0, 1, 2].map((k) => cases.segments.map((row) => row[k]!));
    expect(scoresOf(rouge(hypotheses!, [first!]))).toEqual(close(cases.singleMean));
    expect(scoresOf(rouge(hypotheses!, [first!, second!]))).toEqual(close(cases.doubleMean));
  });

  it("tokenizeRouge", () => {
    expect(cases.segments.map(([hypothesis]) => tokenizeRouge(hypothesis))).toEqual(cases.tokens);
  });
});

describe("rouge", () => {
  const perfect = { precision: 1, recall: 1, f1: 1 };
  const zero = { precision: 0, recall: 0, f1: 0 };

  it.each([
    ["a b", "a b", { rouge1: perfect, rouge2: perfect, rougeL: perfect, rougeLsum: perfect }],
    ["a", "A!", { rouge1: perfect, rouge2: zero, rougeL: perfect, rougeLsum: perfect }],
    ["", "", { rouge1: zero, rouge2: zero, rougeL: zero, rougeLsum: zero }],
    ["кот", "кот", { rouge1: zero, rouge2: zero, rougeL: zero, rougeLsum: zero }], // no letter of a to z
    ["b\na", "a\nb", { rouge1: perfect, rougeL: { precision: 0.5, recall: 0.5, f1: 0.5 }, rougeLsum: perfect }],
  ])("rouge([%j], [[%j]]) of degenerate segments", (hypothesis, reference, scores) => {
    expect(rouge([hypothesis], [[reference]])).toMatchObject(scores);
  });

  it("rouge(hypotheses, references, {tokenizer}) scores other scripts", () => {
    const tokenizer = (text: string) => text.split(/\s+/u);
    const { rouge1, rougeL } = rouge(["кот спал дома"], [["кот дома спал"]], { tokenizer });
    expect(rouge1).toEqual(perfect);
    expect(rougeL.f1).toBeCloseTo(2 / 3, 13);
  });

  it("rouge takes references of unequal number", () => {
    const scores = rouge(
      ["a b", "c d"],
      [
        ["a b", "x"],
        [undefined, "c d"],
      ],
    );
    expect(scores.rouge2).toEqual(perfect);
  });

  it("rouge takes the best reference for each variant", () => {
    const { rouge1, rouge2 } = rouge(["a b c d"], [["d c b a"], ["a b x y z"]]);
    expect(rouge1).toEqual(perfect); // the first
    expect(rouge2).toEqual({ precision: 1 / 3, recall: 1 / 4, f1: 2 / 7 }); // the second
  });

  it.each([
    [[], [[]], RangeError, "rouge: hypotheses must hold at least one segment, got 0"],
    [["a"], [], TypeError, "rouge: references must be an array of at least one stream of segments"],
    [
      ["a", "b"],
      [["a"], ["b"]],
      RangeError,
      "rouge: references[0] must have as many segments as hypotheses, 2, got 1 " +
        "(references are streams: references[k][i] belongs to hypotheses[i])",
    ],
  ])("rouge(%j, %j) names the argument that is wrong", (hypotheses, references, kind, message) => {
    expect(() => rouge(hypotheses, references)).toThrow(new kind(message));
  });

  it("rougeStatistics without a reference, and rougeFromStatistics without a segment, throw", () => {
    expect(() => rougeStatistics("a", [])).toThrow(
      new RangeError("rougeStatistics: references must hold at least one, got 0"),
    );
    expect(() => rougeFromStatistics(sumRougeStatistics([]))).toThrow(
      new RangeError("rougeFromStatistics: statistics.count must be positive and finite, got 0"),
    );
  });

  it("rouge is rougeFromStatistics of the sum of rougeStatistics, and exchanging the sides exchanges P and R", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "\n"), { maxLength: 12 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (pairs) => {
        const [left, right] = [0, 1].map((side) => pairs.map((pair) => pair[side]!));
        const scores = rouge(left!, [right!]);
        const statistics = pairs.map(([hypothesis, reference]) => rougeStatistics(hypothesis, [reference]));
        expect(scoresOf(rougeFromStatistics(sumRougeStatistics(statistics.reverse())))).toEqual(
          close(scoresOf(scores)),
        );
        const exchanged = rouge(right!, [left!]);
        for (const variant of ["rouge1", "rouge2", "rougeL"] as const) {
          expect(exchanged[variant].precision).toBeCloseTo(scores[variant].recall, 13);
          expect(exchanged[variant].f1).toBeCloseTo(scores[variant].f1, 13);
        }
      }),
      { seed: 35 },
    );
  });
});
