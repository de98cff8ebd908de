import { expectClose } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beamSearch, greedy, powerLengthPenalty, scoreSequence, tableStepper } from "../../src/index.ts";
import { bruteForce } from "../brute-force.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";

const log = (rows: number[][]) => rows.map((row) => row.map(Math.log));

/** The probabilities of the token of the column after that of the row. */
const [END, START, A, B, C, D] = [0, 1, 2, 3, 4, 5];
const sixBySix = log([
  //END START  A     B     C     D
  [1.0, 0.0, 0.0, 0.0, 0.0, 0.0], // END
  [0.0, 0.0, 0.5, 0.4, 0.1, 0.0], // START
  [0.2, 0.0, 0.2, 0.2, 0.2, 0.2], // A: probable, and leads nowhere
  [0.0, 0.0, 0.0, 0.1, 0.9, 0.0], // B
  [0.1, 0.0, 0.0, 0.0, 0.1, 0.8], // C
  [0.9, 0.0, 0.1, 0.0, 0.0, 0.0], // D
]);

describe("beamSearch", () => {
  it("beamSearch(stepper, { beamWidth: 2 }) finds the sequence that greedy misses", async () => {
    const options = { prompt: [START], maxLength: 6, endTokens: [END], lengthPenalty: powerLengthPenalty(0) };
    const stepper = tableStepper(sixBySix);
    const narrow = await greedy(stepper, options);
    expect(narrow.tokens).toEqual(Int32Array.of(A, END));
    expectClose([Math.exp(narrow.logProbability)], [0.5 * 0.2], { tolerance: 1e-6 });
    const [best] = await beamSearch(stepper, { ...options, beamWidth: 2 });
    expect(best.tokens).toEqual(Int32Array.of(B, C, D, END));
    expectClose([Math.exp(best.logProbability)], [0.4 * 0.9 * 0.8 * 0.9], { tolerance: 1e-6 });
    expect(best.isFinished).toBe(true);
  });

  it("beamSearch(stepper, { lengthExponent }) decides between a short and a long sequence", async () => {
    // END at once has probability 0.4; A, B, END has 0.6 * 0.6 * 0.9 = 0.324, and a better mean.
    const rows = log([
      [0.4, 0.6, 0.0],
      [0.4, 0.0, 0.6],
      [0.9, 0.0, 0.1],
    ]);
    const best = async (lengthExponent: number) => {
      const options = {
        prompt: [0],
        maxLength: 3,
        endTokens: [0],
        beamWidth: 3,
        lengthPenalty: powerLengthPenalty(lengthExponent),
      };
      return (await beamSearch(tableStepper(rows), options))[0];
    };
    const short = await best(0);
    expect(short.tokens).toEqual(Int32Array.of(0));
    expectClose([short.score], [Math.log(0.4)], { tolerance: 1e-6 });
    const long = await best(0.75);
    expect(long.tokens).toEqual(Int32Array.of(1, 2, 0));
    expectClose([long.score], [Math.log(0.324) / 3 ** 0.75], { tolerance: 1e-6 });
    expectClose([long.logProbability], [Math.log(0.324)], { tolerance: 1e-6 });
  });

  it("beamSearch(stepper, { numHypotheses }) ranks the finished and the cut off together", async () => {
    const options = {
      prompt: [START],
      maxLength: 4,
      endTokens: [END],
      beamWidth: 100,
      lengthPenalty: powerLengthPenalty(0),
    };
    const found = await beamSearch(tableStepper(sixBySix), { ...options, numHypotheses: 3 });
    expect(found.map(({ tokens }) => [...tokens])).toEqual([
      [B, C, D, END],
      [A, END],
      [A, D, END],
    ]);
    expectClose(
      found.map(({ logProbability }) => Math.exp(logProbability)),
      [0.2592, 0.1, 0.09],
      { tolerance: 1e-6 },
    );
    const cut = await beamSearch(tableStepper(sixBySix), { ...options, maxLength: 3 });
    expect(cut).toHaveLength(1);
    expect([...cut[0].tokens]).toEqual([B, C, D]);
    expect(cut[0].isFinished).toBe(false);
  });

  it("beamSearch(stepper, options) breaks ties by rank in the beam, then by id, then by who ended first", async () => {
    const even = tableStepper([
      [0, 0],
      [0, 0],
    ]);
    const options = { prompt: [0], beamWidth: 3, lengthPenalty: powerLengthPenalty(0), numHypotheses: 3 };
    const tokens = async (endTokens: number[], maxLength: number) =>
      (await beamSearch(even, { ...options, endTokens, maxLength })).map((hypothesis) => [...hypothesis.tokens]);
    expect(await tokens([], 2)).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(await tokens([1], 3)).toEqual([[1], [0, 1], [0, 0, 0]]);
  });

  it("beamSearch(stepper, options) of certain sequences ranks the first to end first, all scoring 0", async () => {
    const certain = tableStepper(
      log([
        [0, 1],
        [1, 0],
      ]),
    );
    const options = { prompt: [1], maxLength: 5, endTokens: [1], beamWidth: 4, numHypotheses: 4 };
    const found = await beamSearch(certain, options);
    expect(found).toEqual([
      {
        tokens: Int32Array.of(0, 1),
        logProbabilities: new Float64Array(2),
        logProbability: 0,
        score: 0,
        isFinished: true,
      },
    ]);
  });

  it("beamSearch(stepper, { beamWidth: 1 }) equals greedy, whatever the lengthExponent", async () => {
    const exponents = fc.constantFrom(0, 0.75, 1, 3);
    await fc.assert(
      fc.asyncProperty(
        fc.record({ seed: fc.integer(), maxLength: fc.integer({ min: 1, max: 12 }), lengthExponent: exponents }),
        fc.constantFrom<number[][]>([], [0], [0, 3]),
        async ({ seed, maxLength, lengthExponent }, endTokens) => {
          const stepper = historyStepper(6, scrambledLogits(6, seed));
          const options = { prompt: [4, 1], maxLength, endTokens };
          const expected = await greedy(stepper, options);
          const found = await beamSearch(stepper, {
            ...options,
            beamWidth: 1,
            lengthPenalty: powerLengthPenalty(lengthExponent),
            numHypotheses: 2,
          });
          const score = expected.logProbability / expected.tokens.length ** lengthExponent;
          expect(found).toEqual([{ ...expected, score }]);
        },
      ),
    );
  });

  it("beamSearch(stepper, options) that keeps everything equals exhaustive search", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.integer(),
          maxLength: fc.integer({ min: 1, max: 4 }),
          lengthExponent: fc.constantFrom(0, 0.5, 0.75, 1, 2, 10),
          endTokens: fc.constantFrom<number[][]>([], [0], [1, 3]),
          numHypotheses: fc.constantFrom(1, 2, 5, 1000),
          impossible: fc.integer({ min: 0, max: 3 }),
        }),
        async ({ seed, maxLength, lengthExponent, endTokens, numHypotheses, impossible }) => {
          const scrambled = scrambledLogits(4, seed);
          const logitsAfter = (history: readonly number[]) =>
            Array.from(scrambled(history), (x, token) =>
              token === impossible && history.at(-1) === impossible ? -Infinity : x,
            );
          const prompt = [2, 0];
          const expected = bruteForce(logitsAfter, { prompt, maxLength, endTokens, lengthExponent });
          const options = {
            prompt,
            maxLength,
            endTokens,
            lengthPenalty: powerLengthPenalty(lengthExponent),
            beamWidth: 4 ** maxLength,
            numHypotheses,
          };
          const found = await beamSearch(historyStepper(4, logitsAfter), options);
          expect(found).toHaveLength(Math.min(numHypotheses, expected.length));
          expect(new Set(found.map(({ tokens }) => tokens.join())).size).toBe(found.length);
          for (const [i, { tokens, score, logProbability, isFinished }] of found.entries()) {
            expect(score).toBeCloseTo(expected[i]!.score, 10); // ties may come in another order
            const same = expected.find((candidate) => candidate.tokens.join() === tokens.join())!;
            expect(same.score).toBeCloseTo(score, 10);
            expect(same.logProbability).toBeCloseTo(logProbability, 10);
            expect(same.isFinished).toBe(isFinished);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("beamSearch(stepper, options) of any width is sorted, without duplicates, and scored as scoreSequence does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 40 }), async (seed, beamWidth) => {
        const stepper = historyStepper(5, scrambledLogits(5, seed));
        const prompt = [3];
        const options = { prompt, maxLength: 7, endTokens: [0], beamWidth, numHypotheses: 6 };
        const found = await beamSearch(stepper, options);
        expect(new Set(found.map(({ tokens }) => tokens.join())).size).toBe(found.length);
        for (const [i, { tokens, logProbability, score, isFinished }] of found.entries()) {
          expect(score).toBeLessThanOrEqual(i === 0 ? 0 : found[i - 1]!.score);
          expect(isFinished).toBe(tokens.indexOf(0) === tokens.length - 1);
          expect(tokens.length === 7 || isFinished).toBe(true);
          expect(logProbability).toBeCloseTo((await scoreSequence(stepper, { prompt, tokens })).logProbability, 12);
          expect(score).toBe(logProbability / tokens.length ** 0.75);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("beamSearch(stepper, options) stops as soon as nothing alive can win, and returns what going on would have", async () => {
    let steps = 0;
    const stepper = historyStepper(6, scrambledLogits(6, 9));
    const counting: typeof stepper = { ...stepper, step: (tokens, state) => (steps++, stepper.step(tokens, state)) };
    const options = {
      prompt: [1],
      maxLength: 400,
      endTokens: [0, 1, 2],
      beamWidth: 5,
      lengthPenalty: powerLengthPenalty(0),
    };
    const [best] = await beamSearch(counting, options);
    expect(steps).toBeLessThan(20);
    const [unhurried] = await beamSearch(stepper, { ...options, numHypotheses: 1e6 });
    expect(best).toEqual(unhurried);
  });

  it("beamSearch(stepper, options) returns the same best whether or not numHypotheses lets it stop early", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom(0, 0.3, 0.75, 1, 2), async (seed, lengthExponent) => {
        const stepper = historyStepper(5, scrambledLogits(5, seed));
        const options = {
          prompt: [1],
          maxLength: 9,
          endTokens: [0, 2],
          beamWidth: 3,
          lengthPenalty: powerLengthPenalty(lengthExponent),
        };
        const all = await beamSearch(stepper, { ...options, numHypotheses: 1000 });
        for (const numHypotheses of [1, 2, 4]) {
          expect(await beamSearch(stepper, { ...options, numHypotheses })).toEqual(all.slice(0, numHypotheses));
        }
      }),
    );
  });

  it("beamSearch(stepper, options) forgets a constant added to a row of logits", async () => {
    const scrambled = scrambledLogits(6, 3);
    const shifted = historyStepper(6, (history) => Array.from(scrambled(history), (x) => x + 8 * history.at(-1)!));
    const options = { prompt: [1], maxLength: 8, endTokens: [0], beamWidth: 4, numHypotheses: 4 };
    expect(await beamSearch(shifted, options)).toEqual(await beamSearch(historyStepper(6, scrambled), options));
  });
});
