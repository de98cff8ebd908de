import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beamSearch,
  exhaustiveSearch,
  gnmtLengthPenalty,
  ngramBlocking,
  powerLengthPenalty,
  repetitionPenalty,
  tableStepper,
} from "../../src/index.ts";
import { bruteForce } from "../brute-force.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";
import { trackedStepper } from "../tracked-stepper.ts";

describe("exhaustiveSearch", () => {
  it("exhaustiveSearch(stepper, options) finds by steps what recursion over probabilities finds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom<number[][]>([], [0], [1, 3]),
        async (seed, maxLength, endTokens) => {
          const logitsAfter = scrambledLogits(4, seed);
          const expected = bruteForce(logitsAfter, { prompt: [2, 0], maxLength, endTokens, lengthExponent: 0.5 });
          const found = await exhaustiveSearch(historyStepper(4, logitsAfter), {
            prompt: [2, 0],
            maxLength,
            endTokens,
            lengthPenalty: powerLengthPenalty(0.5),
            numHypotheses: 1000,
          });
          expect(found).toHaveLength(expected.length);
          for (const [i, { tokens, score, isFinished }] of found.entries()) {
            expect(score).toBeCloseTo(expected[i]!.score, 10);
            const same = expected.find((each) => each.tokens.join() === tokens.join())!;
            expect(same.score).toBeCloseTo(score, 10);
            expect(same.isFinished).toBe(isFinished);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("exhaustiveSearch(stepper, options) equals a beam of full width, under every constraint", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.integer(),
          maxLength: fc.integer({ min: 2, max: 4 }),
          minLength: fc.integer({ min: 1, max: 2 }),
          forcedPrefix: fc.constantFrom<number[][]>([], [1], [2, 3]),
          lengthPenalty: fc.constantFrom(powerLengthPenalty(-1), powerLengthPenalty(1), gnmtLengthPenalty(0.6)),
          requiredPhrases: fc.constantFrom([], [[3]], [[2], [3]], [{ anyOf: [[1, 2], [2]] }]),
          processors: fc.constantFrom([], [repetitionPenalty(1.5)], [ngramBlocking(2)]),
          allowsAll: fc.boolean(),
        }),
        async ({ seed, allowsAll, ...given }) => {
          fc.pre(given.forcedPrefix.length + given.requiredPhrases.length <= given.maxLength);
          const options = {
            prompt: [2, 0],
            endTokens: [0],
            numHypotheses: 1000,
            ...given,
            ...(!allowsAll && { allowedTokens: ([first]: Int32Array) => (first === 1 ? [0, 2, 3] : undefined) }),
          };
          const stepper = historyStepper(4, scrambledLogits(4, seed));
          const expected = await exhaustiveSearch(stepper, options).catch((error: unknown) => String(error));
          const full = beamSearch(stepper, { ...options, beamWidth: 4 ** options.maxLength });
          const found = await full.catch((error: unknown) => String(error));
          expect(typeof found).toBe(typeof expected);
          if (typeof expected === "string") return; // both say that nothing was found
          expect(found).toHaveLength(expected.length);
          for (const [i, { score }] of expected.entries()) {
            expect((found as typeof expected)[i]!.score).toBeCloseTo(score, 10);
          }
          const keys = (all: typeof expected) => all.map(({ tokens }) => tokens.join()).sort();
          expect(keys(found as typeof expected)).toEqual(keys(expected));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("exhaustiveSearch(stepper, options) gives of equal scores the shorter, then the lower ids", async () => {
    const even = tableStepper([
      [0, 0],
      [0, 0],
    ]);
    const options = { prompt: [0], maxLength: 2, endTokens: [1], lengthPenalty: () => 1 };
    const found = await exhaustiveSearch(even, { ...options, numHypotheses: 3 });
    expect(found.map(({ tokens }) => [...tokens])).toEqual([[1], [0, 0], [0, 1]]);
  });

  it("exhaustiveSearch(stepper, options) disposes every state once, whether or not a step throws", async () => {
    for (const failAtStep of [Infinity, 1, 5]) {
      const { stepper, counts } = trackedStepper(historyStepper(3, scrambledLogits(3, 4)), { failAtStep });
      const run = exhaustiveSearch(stepper, { prompt: [1, 2], maxLength: 3 });
      const outcome = await run.then(
        () => "done",
        (error: Error) => error.message,
      );
      expect(outcome).toBe(failAtStep === Infinity ? "done" : "step failed");
      expect(counts.live).toBe(0);
    }
  });

  it.each([
    {
      bad: { maxLength: 21 },
      message: "maxLength must leave 1000000 sequences at most, got 21, which leaves 2097152",
    },
    { bad: { numHypotheses: 0 }, message: "numHypotheses must be a positive integer, got 0" },
    {
      bad: { allowedTokens: () => [] },
      message: "constraints and processors must leave a token possible, got none as generated token 1",
    },
  ])("exhaustiveSearch(stepper, $bad) throws", async ({ bad, message }) => {
    const stepper = historyStepper(2, scrambledLogits(2, 1));
    await expect(exhaustiveSearch(stepper, { prompt: [0], maxLength: 3, ...bad })).rejects.toThrow(
      new RangeError(`exhaustiveSearch: ${message}`),
    );
  });
});
