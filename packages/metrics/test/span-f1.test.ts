import { golden, sharedFile } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  entitySpans,
  spanF1,
  spanF1FromStatistics,
  spanStatistics,
  sumSpanStatistics,
  type TagScheme,
} from "../src/index.ts";

/** Precision, recall and F1. */
type Averaged = readonly [number, number, number];
interface Scores {
  readonly classes: readonly (readonly number[])[];
  readonly micro: Averaged;
  readonly macro: Averaged;
  readonly weighted: Averaged;
}
type Spans = readonly (readonly [string, number, number])[];

const { source, command, cases } = golden<
  readonly {
    readonly name: string;
    readonly scheme: TagScheme;
    readonly predictions: readonly (readonly string[])[];
    readonly references: readonly (readonly string[])[];
    /** Type, correct, predicted, actual. */
    readonly conlleval: readonly (readonly [string, number, number, number])[];
    readonly default: Scores;
    readonly strict: Scores;
    /** Of the predictions. */
    readonly spans: readonly Spans[];
    readonly strictSpans: readonly Spans[];
  }[]
>(import.meta.url, "span-f1");

const scoreOf = ({ precision, recall, f1 }: { precision: number; recall: number; f1: number }) => [
  precision,
  recall,
  f1,
];
const close = (scores: readonly number[]) => scores.map((score) => expect.closeTo(score, 13));
const spansOf = (tags: readonly string[], strictScheme?: TagScheme) =>
  entitySpans(tags, strictScheme ? { strictScheme } : {}).map(({ type, start, end }) => [type, start, end]);

describe(`Spans equal ${source} (${command})`, () => {
  const expectScores = (scores: ReturnType<typeof spanF1>, expected: Scores) => {
    const columns = scores.classes.map(scoreOf);
    expect([0, 1, 2].map((i) => columns.map((column) => column[i]))).toEqual(expected.classes.map(close));
    expect(scoreOf(scores.micro)).toEqual(close(expected.micro));
    expect(scoreOf(scores.macro)).toEqual(close(expected.macro));
    expect(scoreOf(scores.weighted)).toEqual(close(expected.weighted));
  };

  it.each(cases)("spanF1 of $name: conlleval's counts and seqeval's scores", (expected) => {
    const scores = spanF1(expected.predictions, expected.references);
    const counts = scores.classes.map(({ label, correct, predicted, actual }) => [label, correct, predicted, actual]);
    expect(counts.filter(([label]) => label !== "_")).toEqual(expected.conlleval); // which leaves out tags without type
    expectScores(scores, expected.default);
  });

  it.each(cases)("spanF1 of $name with {strictScheme: $scheme}: seqeval's strict scores", (expected) => {
    const { predictions, references, scheme: strictScheme } = expected;
    expectScores(spanF1(predictions, references, { strictScheme }), expected.strict);
  });

  it.each(cases)("entitySpans of $name, by both rules", ({ predictions, scheme, spans, strictSpans }) => {
    expect(predictions.map((tags) => spansOf(tags))).toEqual(spans);
    expect(predictions.map((tags) => spansOf(tags, scheme))).toEqual(strictSpans);
  });
});

describe("entitySpans", () => {
  it.each([
    [[], undefined, []],
    [["O"], undefined, []],
    [["I-A"], undefined, [["A", 0, 1]]],
    [["I-A"], "IOB2", []],
    [
      ["B-A", "I-B", "I-B"],
      undefined,
      [
        ["A", 0, 1],
        ["B", 1, 3],
      ],
    ],
    [["B-A", "I-B", "I-B"], "IOB2", [["A", 0, 1]]],
    [
      ["B-A", "B-A"],
      undefined,
      [
        ["A", 0, 1],
        ["A", 1, 2],
      ],
    ],
    [
      ["B-A", "L-A", "U-A"],
      undefined,
      [
        ["A", 0, 2],
        ["A", 2, 3],
      ],
    ],
    [
      ["B-A", "E-A", "E-A"],
      undefined,
      [
        ["A", 0, 2],
        ["A", 2, 3],
      ],
    ],
    [["B-A", "I-A", "O", "U-A"], "BILOU", [["A", 3, 4]]],
    [
      ["B-A", "E-A", "I-A", "S-A"],
      "IOBES",
      [
        ["A", 0, 2],
        ["A", 3, 4],
      ],
    ],
    [["B-creative-work", "I-creative-work"], "IOB2", [["creative-work", 0, 2]]],
    [
      ["B", "I", "B-"],
      undefined,
      [
        ["_", 0, 2],
        ["_", 2, 3],
      ],
    ],
  ] as const)("entitySpans(%j), strict scheme %s, is %j", (tags, strictScheme, spans) => {
    expect(spansOf(tags, strictScheme)).toEqual(spans);
  });

  it.each([
    ["X-A", undefined, "tags[1] must be O or such as B-PER, got X-A"],
    ["BPER", undefined, "tags[1] must be O or such as B-PER, got BPER"],
    ["O-A", undefined, "tags[1] must be O or such as B-PER, got O-A"],
    ["", undefined, "tags[1] must be O or such as B-PER, got "],
    [undefined as unknown as string, undefined, "tags[1] must be O or such as B-PER, got undefined"],
    ["E-A", "IOB2", "tags[1] must be a tag of IOB2, got E-A"],
    ["S-A", "BILOU", "tags[1] must be a tag of BILOU, got S-A"],
    ["O", "IOB" as "IOB2", 'strictScheme must be "IOB2", "IOBES" or "BILOU", got IOB'],
  ] as const)("entitySpans of the tag %j, strict scheme %s, throws", (tag, strictScheme, message) => {
    expect(() => spansOf(["O", tag], strictScheme)).toThrow(new RangeError(`entitySpans: ${message}`));
  });
});

describe("spanF1", () => {
  const tag = fc.constantFrom("O", "B-A", "I-A", "B-B", "I-B", "E-A", "S-B");
  const sequence = fc.array(fc.tuple(tag, tag), { maxLength: 12 });
  const split = (rows: readonly (readonly [string, string])[]) =>
    [rows.map(([prediction]) => prediction), rows.map(([, reference]) => reference)] as const;

  it("spanF1 is spanF1FromStatistics of the sum of spanStatistics, in any order", () => {
    fc.assert(
      fc.property(fc.array(sequence, { minLength: 1 }), (sequences) => {
        const pairs = sequences.map(split);
        const scores = spanF1(...([0, 1].map((side) => pairs.map((pair) => pair[side]!)) as [string[][], string[][]]));
        const [first, ...others] = pairs.map((pair) => spanStatistics(...pair));
        expect(spanF1FromStatistics(sumSpanStatistics([sumSpanStatistics(others), first!]))).toEqual(scores);
      }),
      { seed: 38 },
    );
  });

  it("spanF1(tags, tags) is 1 where there is a span, and exchanging the sides exchanges precision and recall", () => {
    fc.assert(
      fc.property(sequence, (rows) => {
        const [predictions, references] = split(rows);
        const hasSpan = entitySpans(references).length > 0;
        expect(spanF1([references], [references]).micro.f1).toBe(hasSpan ? 1 : 0);
        const { micro } = spanF1([predictions], [references]);
        const exchanged = spanF1([references], [predictions]).micro;
        expect([exchanged.precision, exchanged.recall, exchanged.f1]).toEqual([
          micro.recall,
          micro.precision,
          micro.f1,
        ]);
      }),
      { seed: 39 },
    );
  });

  it("spanF1([[]], [[]]) has no type, and zeros", () => {
    const zero = { precision: 0, recall: 0, f1: 0 };
    expect(spanF1([[]], [[]])).toEqual({
      classes: [],
      micro: { correct: 0, predicted: 0, actual: 0, ...zero },
      macro: zero,
      weighted: zero,
    });
  });

  it.each([
    [[], [], RangeError, "predictions must hold at least one sequence, got 0"],
    [[["O"]], [["O"], ["O"]], RangeError, "references must have as many items as predictions, 1, got 2"],
    [[["O"], ["O"]], [["O"], []], RangeError, "references[1] must have as many items as predictions[1], 1, got 0"],
    [["O"], ["O"], TypeError, "predictions[0] must be an array, got string"],
    [[["O"]], [["PER"]], RangeError, "references[0][0] must be O or such as B-PER, got PER"],
  ])("spanF1(%j, %j) names the argument that is wrong", (predictions, references, kind, message) => {
    expect(() => spanF1(predictions as string[][], references as string[][])).toThrow(new kind(`spanF1: ${message}`));
  });

  it("spanF1FromStatistics of what is no count throws", () => {
    expect(() => spanF1FromStatistics([{ label: "A", correct: 0, predicted: -1, actual: 0 }])).toThrow(
      new RangeError("spanF1FromStatistics: statistics[0].predicted must be a non-negative integer, got -1"),
    );
  });
});

// Correct, predicted, precision, recall and F1 in per cent, counted with conlleval's rules.
const SUBMISSIONS = [
  ["arcada", 373, 787, 47.4, 34.57, 39.98],
  ["drexel_cci", 192, 381, 50.39, 17.79, 26.3],
  ["flytxt", 345, 720, 47.92, 31.97, 38.35],
  ["mic-cis.txt", 365, 891, 40.97, 33.83, 37.06],
  ["sjtu_adapt.txt", 365, 727, 50.21, 33.83, 40.42],
  ["spinningbytes.txt", 388, 824, 47.09, 35.96, 40.78],
  ["uh_ritual", 355, 617, 57.54, 32.9, 41.86],
] as const;
const annotated = sharedFile("data/wnut17/emerging.test.annotated");

describe.skipIf(!annotated.isPresent)(
  `spanF1 of the systems of WNUT-17${annotated.isPresent ? "" : ` (skipped: ${annotated.reason})`}`,
  () => {
    it.each(SUBMISSIONS)("spanF1 of %s: %d of %d spans are correct", (name, correct, predicted, ...percentages) => {
      const references = tagsOf(annotated.text());
      // Empty lines stand between sentences on both sides, but tokens are escaped differently.
      const scores = spanF1(tagsOf(sharedFile(`data/wnut17/submissions/${name}.gz`).text()), references);
      expect(scores.micro).toMatchObject({ correct, predicted, actual: 1079 });
      expect(scoreOf(scores.micro).map((score) => Math.round(score * 10000) / 100)).toEqual(percentages);
    });
  },
);

/** The last column of each line, by sentences. */
function tagsOf(text: string): string[][] {
  return text
    .trimEnd()
    .split(/\r?\n[\t ]*\r?\n/u)
    .map((sentence) => sentence.split(/\r?\n/u).map((line) => line.trimEnd().split(/[\t ]/u).at(-1)!));
}
