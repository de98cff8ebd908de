import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beamSearch, greedy, powerLengthPenalty, tableStepper } from "../../src/index.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";
import { trackedStepper } from "../tracked-stepper.ts";

const log = (rows: number[][]) => rows.map((row) => row.map(Math.log));

// After 1 come 0, the end, with 0.4, and 2 with 0.6; after 2 the end with 0.3, and 3 with 0.7; after 3 nearly surely the end.
const [END, START] = [0, 1];
const stepper = tableStepper(
  log([
    [1, 0, 0, 0],
    [0.4, 0, 0.6, 0],
    [0.3, 0, 0, 0.7],
    [0.99, 0, 0.01, 0],
  ]),
);
const options = {
  prompt: [START],
  maxLength: 8,
  endTokens: [END],
  beamWidth: 2,
  lengthPenalty: powerLengthPenalty(1),
  isRefilled: true,
} as const;
// By the mean of a token: 0 has ln 0.4 = -0.92; 2, 0 has ln 0.18 / 2 = -0.86; 2, 3, 0 has ln 0.4158 / 3 = -0.29.

describe("earlyStopping", () => {
  it.each([
    { earlyStopping: true, best: [2, 0], numSteps: 2, why: "two have ended" },
    // After two tokens the live 2, 3 scores ln 0.42 / 2 = -0.43, above both that ended; after three 2, 3, 2 does not.
    { earlyStopping: "heuristic", best: [2, 3, 0], numSteps: 3, why: "2, 3 looks better than 2, 0" },
    // 2, 3, 2 has ln 0.0042 = -5.47; over eight tokens that could become -0.68, better than the second best.
    { earlyStopping: "never", best: [2, 3, 0], numSteps: 5, why: "eight tokens might be better" },
  ] as const)(
    "beamSearch(stepper, { earlyStopping: $earlyStopping }) takes $numSteps steps, because $why",
    async ({ earlyStopping, best, numSteps }) => {
      const { stepper: tracked, counts } = trackedStepper(stepper);
      const found = await beamSearch(tracked, { ...options, earlyStopping, numHypotheses: 2 });
      expect([...found[0].tokens]).toEqual(best);
      expect(counts.steps).toBe(numSteps);
    },
  );

  it("beamSearch(stepper, { earlyStopping }) never lets numHypotheses change the best", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.constantFrom(true as const, "heuristic" as const, "never" as const),
        fc.boolean(),
        fc.constantFrom(-1, 0, 1, 2),
        async (seed, earlyStopping, isRefilled, exponent) => {
          const model = historyStepper(5, scrambledLogits(5, seed));
          const request = { prompt: [1], maxLength: 9, endTokens: [0, 2], beamWidth: 4, earlyStopping, isRefilled };
          const lengthPenalty = powerLengthPenalty(exponent);
          const four = await beamSearch(model, { ...request, lengthPenalty, numHypotheses: 4 });
          for (const numHypotheses of [1, 2, 3]) {
            const fewer = await beamSearch(model, { ...request, lengthPenalty, numHypotheses });
            expect(fewer).toEqual(four.slice(0, numHypotheses));
          }
        },
      ),
    );
  });

  it('beamSearch(stepper, { earlyStopping: "never" }) returns what going on to maxLength would', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.boolean(),
        fc.constantFrom(-2, -0.5, 0, 1, 3),
        async (seed, isRefilled, exponent) => {
          const model = historyStepper(5, scrambledLogits(5, seed));
          const lengthPenalty = powerLengthPenalty(exponent);
          const request = { prompt: [1], maxLength: 7, endTokens: [0], beamWidth: 3, isRefilled, lengthPenalty };
          const all = await beamSearch(model, { ...request, numHypotheses: 1e6 });
          expect(await beamSearch(model, { ...request, numHypotheses: 2 })).toEqual(all.slice(0, 2));
        },
      ),
    );
  });

  it("beamSearch(stepper, { isRefilled: true, earlyStopping: true, beamWidth: 1 }) equals greedy", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const model = historyStepper(5, scrambledLogits(5, seed));
        const request = { prompt: [1], maxLength: 9, endTokens: [0, 2] };
        const found = await beamSearch(model, { ...request, beamWidth: 1, isRefilled: true, earlyStopping: true });
        const expected = await greedy(model, request);
        expect(found).toEqual([{ ...expected, score: expected.logProbability / expected.tokens.length ** 0.75 }]);
      }),
    );
  });
});

describe("isRefilled", () => {
  it("beamSearch(stepper, { isRefilled }) decides whether what has ended keeps its place", async () => {
    // Two of three start tokens end at once; the third leads to the best mean.
    const rows = log([
      [1, 0, 0, 0],
      [0.5, 0, 0.3, 0.2],
      [0.1, 0, 0, 0.9],
      [0, 1, 0, 0],
    ]);
    const request = { prompt: [1], maxLength: 2, endTokens: [0], beamWidth: 1, lengthPenalty: powerLengthPenalty(2) };
    const best = async (isRefilled: boolean) => {
      const [{ tokens }] = await beamSearch(tableStepper(rows), { ...request, isRefilled });
      return [...tokens];
    };
    expect(await best(false)).toEqual([0]);
    expect(await best(true)).toEqual([2, 3]);
  });
});

describe("minLength", () => {
  it("beamSearch(stepper, { minLength }) lets no end token come earlier, and leaves the log-probabilities alone", async () => {
    for (const [minLength, tokens] of [
      [1, [0]],
      [2, [2, 0]],
      [3, [2, 3, 0]],
      [4, [2, 3, 2, 0]],
    ] as const) {
      const [best] = await beamSearch(stepper, {
        ...options,
        minLength,
        lengthPenalty: powerLengthPenalty(-3),
        earlyStopping: "never",
      });
      expect([...best.tokens]).toEqual(tokens);
      expect(best.logProbability).toBe(best.logProbabilities.reduce((sum, each) => sum + each, 0));
    }
  });
});
