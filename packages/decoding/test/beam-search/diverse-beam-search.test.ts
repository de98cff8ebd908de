import { expectClose } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beamSearch,
  diverseBeamSearch,
  type DiverseBeamSearchOptions,
  powerLengthPenalty,
  tableStepper,
} from "../../src/index.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";
import { trackedStepper } from "../tracked-stepper.ts";

const log = (rows: number[][]) => rows.map((row) => row.map(Math.log));

describe("diverseBeamSearch", () => {
  it("diverseBeamSearch(stepper, options) turns the second group away from what the first took", async () => {
    // To the second group the 0.5 of token 1 is worth 0.5 / 4, and to the third the 0.3 of token 2 is worth 0.3 / 4. Then all
    // have to take token 0, at the price of one penalty for the second group and of two for the third. What ends, here at
    // the last step, costs those after it nothing.
    const stepper = tableStepper(
      log([
        [0, 0.5, 0.3, 0.2],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
      ]),
    );
    const options = { prompt: [0], maxLength: 3, beamWidth: 3, numGroups: 3, diversityPenalty: Math.log(4) };
    const lengthPenalty = powerLengthPenalty(0);
    const found = await diverseBeamSearch(stepper, { ...options, lengthPenalty, numHypotheses: 3 });
    expect(found.map(({ tokens }) => [...tokens])).toEqual([
      [1, 0, 1],
      [2, 0, 1],
      [3, 0, 1],
    ]);
    expectClose(
      found.map(({ score }) => Math.exp(score)),
      [0.5 * 0.5, (0.3 / 4) * 0.5, (0.2 / 16) * 0.5],
      { tolerance: 1e-6 },
    );
    expectClose(
      found.map(({ logProbability }) => Math.exp(logProbability)),
      [0.5 * 0.5, 0.3 * 0.5, 0.2 * 0.5],
      { tolerance: 1e-6 },
    );
  });

  it("diverseBeamSearch(stepper, { diversityPenalty: 0 }) finds what a beam of one group finds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const stepper = historyStepper(5, scrambledLogits(5, seed));
        const options = { prompt: [1], maxLength: 6, endTokens: [0], numHypotheses: 3 };
        const found = await diverseBeamSearch(stepper, { ...options, beamWidth: 6, numGroups: 2, diversityPenalty: 0 });
        const single = await beamSearch(stepper, { ...options, beamWidth: 3, processors: [() => {}] });
        expect(found.map(({ tokens }) => [...tokens])).toEqual(single.map(({ tokens }) => [...tokens]));
      }),
      { numRuns: 50 },
    );
  });

  it("diverseBeamSearch(stepper, options) gives distinct hypotheses, the best first, and disposes its states", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom(1, 2, 3, 6), async (seed, numGroups) => {
        const { stepper, counts } = trackedStepper(historyStepper(5, scrambledLogits(5, seed)));
        const options = { prompt: [1], maxLength: 6, endTokens: [0, 2], beamWidth: 6, numHypotheses: 6 };
        const found = await diverseBeamSearch(stepper, { ...options, numGroups, diversityPenalty: 1 });
        expect(new Set(found.map(({ tokens }) => tokens.join())).size).toBe(found.length);
        expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
        expect(counts.live).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  const bad: { options: Partial<DiverseBeamSearchOptions>; message: string }[] = [
    { options: { numGroups: 0 }, message: "numGroups must be a positive integer, got 0" },
    { options: { numGroups: 3 }, message: "numGroups must divide beamWidth, 4, got 3" },
    { options: { diversityPenalty: -1 }, message: "diversityPenalty must be finite and at least 0, got -1" },
    { options: { diversityPenalty: NaN }, message: "diversityPenalty must be finite and at least 0, got NaN" },
    { options: { beamWidth: 0 }, message: "beamWidth must be a positive integer, got 0" },
  ];
  it.each(bad)("diverseBeamSearch(stepper, $options) throws", async ({ options, message }) => {
    const stepper = historyStepper(5, scrambledLogits(5, 1));
    const good = { prompt: [1], maxLength: 3, beamWidth: 4, numGroups: 2, diversityPenalty: 1 };
    const run = diverseBeamSearch(stepper, { ...good, ...options });
    await expect(run).rejects.toThrow(new RangeError(`diverseBeamSearch: ${message}`));
  });
});
