import { golden, sharedFile } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { nltkCorpusBleu, type NltkBleuOptions, nltkSentenceBleu, type NltkSmoothing } from "../src/index.ts";

type Tokens = readonly string[];
type Segment = readonly [Tokens, readonly Tokens[]];

const { source, command, cases } = golden<{
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly parameters: readonly { readonly epsilon?: number; readonly alpha?: number; readonly k?: number }[];
  readonly segments: readonly Segment[];
  readonly sentences: readonly (readonly (number | null)[])[];
  readonly corpora: readonly (readonly [readonly Segment[], readonly (number | null)[]])[];
}>(import.meta.url, "nltk-bleu");

const takesNumber = (method: number) => ![0, 2, 3, 5].includes(method);

/** The settings in the order of the scores. */
const settings: NltkBleuOptions[] = Object.entries(cases.weights).flatMap(([name, weights]) =>
  cases.parameters.flatMap((parameters, i) =>
    Array.from({ length: 8 }, (_, method) => method)
      .filter((method) => i === 0 || takesNumber(method))
      .flatMap((method) => {
        const smoothing = { ...(takesNumber(method) && parameters), method } as NltkSmoothing;
        const reweigh = [false, ...(name === "default" ? [true] : [])];
        return reweigh.map((autoReweigh) => ({ weights, smoothing, autoReweigh }));
      }),
  ),
);

/** Expects every score to the digits that two libraries' logarithms share, and an error where NLTK has one. */
function expectScores(compute: (options: NltkBleuOptions) => number, expected: readonly (number | null)[]): void {
  const outcomes = settings.map((options, i) => {
    try {
      return { options, ratio: ratio(compute(options), expected[i]!) };
    } catch (error) {
      return { options, error };
    }
  });
  const one = expect.closeTo(1, 12);
  const error = expect.objectContaining({ message: expect.stringContaining("method 6 must have matches of three") });
  expect(outcomes).toEqual(
    expected.map((score, i) => {
      return { options: settings[i], ...(score === null ? { error } : { ratio: one }) };
    }),
  );
}

/** Scores go down to 1e-231. */
function ratio(actual: number, expected: number): number {
  return actual === expected ? 1 : actual / expected;
}

describe(`NLTK's BLEU equals ${source} (${command})`, () => {
  it.each(cases.segments.map((segment, i) => [...segment, cases.sentences[i]!] as const))(
    "nltkSentenceBleu(%j, %j) with weights, smoothing and reweighing",
    (hypothesis, references, expected) => {
      expectScores((options) => nltkSentenceBleu(hypothesis, references, options), expected);
    },
  );

  it.each(cases.corpora.map((corpus, i) => [i, ...corpus] as const))(
    "nltkCorpusBleu of corpus %d with weights, smoothing and reweighing",
    (_, segments, expected) => {
      const hypotheses = segments.map(([hypothesis]) => hypothesis);
      const references = segments.map(([, of]) => of);
      expectScores((options) => nltkCorpusBleu(hypotheses, references, options), expected);
    },
  );
});

describe("nltkSentenceBleu and nltkCorpusBleu", () => {
  it("nltkSentenceBleu has four equal weights and no smoothing unless told", () => {
    const options = { weights: [0.25, 0.25, 0.25, 0.25], smoothing: { method: 0 }, autoReweigh: false } as const;
    const pair = [["a", "b", "c", "d", "e"], [["a", "b", "c", "d", "f"]]] as const;
    expect(nltkSentenceBleu(...pair)).toBe(nltkSentenceBleu(...pair, options));
    expect(nltkSentenceBleu(...pair)).toBeGreaterThan(0.5);
  });

  it.each([
    [{ weights: [] }, "weights must be one or more non-negative numbers, got []"],
    [{ weights: [1, NaN] }, "weights must be one or more non-negative numbers, got [1, NaN]"],
    [{ weights: [-1, 2] }, "weights must be one or more non-negative numbers, got [-1, 2]"],
    [{ smoothing: { method: 8 as 0 } }, "smoothing.method must be an integer from 0 to 7, got 8"],
    [{ smoothing: { method: 1, epsilon: 0 } as const }, "smoothing.epsilon must be positive and finite, got 0"],
    [{ smoothing: { method: 4, k: -1 } as const }, "smoothing.k must be positive and finite, got -1"],
    [{ smoothing: { method: 6, alpha: NaN } as const }, "smoothing.alpha must be positive and finite, got NaN"],
    [
      { smoothing: { method: 6 } as const, weights: [0.5, 0.5] },
      "smoothing.method 6 must have matches of three tokens, got no such order",
    ],
  ])("nltkSentenceBleu with %j throws", (options, message) => {
    const call = () => nltkSentenceBleu(["a", "b", "c"], [["a", "b", "c"]], options);
    expect(call).toThrow(new RangeError(`nltkSentenceBleu: ${message}`));
  });

  it.each([
    [[], [], RangeError, "hypotheses must hold at least one segment, got 0"],
    [[["a"]], [], RangeError, "references must have as many segments as hypotheses, 1, got 0"],
    [[["a"]], [[]], RangeError, "references must hold at least one for segment 0, got 0"],
    [
      [["a"]],
      [["a b"]],
      TypeError,
      "hypotheses and references must be arrays of tokens, got something else in segment 0",
    ],
    [
      ["a"],
      [[["a"]]],
      TypeError,
      "hypotheses and references must be arrays of tokens, got something else in segment 0",
    ],
  ])("nltkCorpusBleu(%j, %j) throws", (hypotheses, references, kind, message) => {
    const call = () => nltkCorpusBleu(hypotheses as string[][], references as string[][][]);
    expect(call).toThrow(new kind(`nltkCorpusBleu: ${message}`));
  });
});

const published = sharedFile("reference/nltk_bleu.json");

describe.skipIf(!published.isPresent)(
  `NLTK's BLEU equals NLTK's own tests${published.isPresent ? "" : `: ${published.reason}`}`,
  () => {
    const tests = published.isPresent ? JSON.parse(published.text()) : {};
    const optionsOf = ({ weights, smoothing }: { weights: number[]; smoothing: string }): NltkBleuOptions => {
      const method = smoothing === "none" ? 0 : Number(smoothing.replace("method", ""));
      return { weights, smoothing: { method } as NltkSmoothing };
    };

    it("nltkSentenceBleu of its sentences", () => {
      for (const test of tests.sentence_bleu) {
        const score = nltkSentenceBleu(test.hypothesis, test.references, optionsOf(test));
        expect(ratio(score, test.actual), JSON.stringify(test)).toBeCloseTo(1, 12);
      }
      expect(tests.sentence_bleu.length).toBeGreaterThan(30);
    });

    it("nltkCorpusBleu of its corpora", () => {
      const corpora = tests.corpus_bleu.filter((test: object) => !("what" in test));
      expect(corpora.length).toBe(7);
      for (const test of corpora) {
        const score = nltkCorpusBleu(test.hypotheses, test.references, optionsOf(test));
        expect(ratio(score, test.actual), JSON.stringify(test)).toBeCloseTo(1, 12);
      }
    });

    it("nltkSentenceBleu with one weight is its modified precision, where no reference is longer", () => {
      for (const { hypothesis, references, n, actual } of tests.modified_precision) {
        const weights = Array.from({ length: n }, (_, i) => (i === n - 1 ? 1 : 0));
        const padded = [...references, Array(hypothesis.length).fill("<none>")];
        expect(nltkSentenceBleu(hypothesis, padded, { weights })).toBeCloseTo(actual, 14);
      }
    });

    it("nltkSentenceBleu of one repeated word is its brevity penalty", () => {
      for (const { reference_lengths, hyp_len, actual } of tests.brevity_penalty) {
        const references = (reference_lengths as number[]).map((length) => Array(length).fill("a"));
        const score = nltkSentenceBleu(Array(hyp_len).fill("a"), [...references], { weights: [1] });
        expect(score).toBeCloseTo(actual, 14);
      }
    });
  },
);
