import { xoshiro128 } from "@rnnkit/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exhaustiveSearch, scoreSequence, stochasticBeamSearch, tableStepper } from "../../src/index.ts";
import { chiSquared } from "../chi-squared.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";
import { trackedStepper } from "../tracked-stepper.ts";

// Sequences of at most two tokens: [0], [1, 0], [1, 1], [1, 2], [2, 0], [2, 2]; [2, 1] is impossible.
const stepper = tableStepper([
  [0, 1, 0.5],
  [1, 0, -1],
  [0.5, -Infinity, 0],
]);
const options = { prompt: [0], maxLength: 2, endTokens: [0] };

async function probabilities(temperature: number): Promise<Map<string, number>> {
  const all = await exhaustiveSearch(stepper, {
    ...options,
    numHypotheses: 100,
    processors: [
      (scores) => {
        const weights = scores.map((score) => Math.exp(score / temperature));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        weights.forEach((weight, token) => (scores[token] = Math.log(weight / total)));
      },
    ],
    lengthPenalty: () => 1,
  });
  return new Map(all.map(({ tokens, score }) => [tokens.join(), Math.exp(score)]));
}

describe("stochasticBeamSearch", () => {
  // 29 degrees of freedom (6 * 5 ordered pairs): a right sampler exceeds 58.30 once in a thousand seeds.
  it.each([1, 0.6])(
    "stochasticBeamSearch(stepper, { numSamples: 2, temperature: %d }) draws sequences without replacement",
    async (temperature) => {
      const probability = await probabilities(temperature);
      expect(probability.size).toBe(6);
      const generator = xoshiro128(7);
      const numRuns = 6000;
      const counts = new Map<string, number>();
      const expected = new Map<string, number>();
      for (const [a, p] of probability) {
        for (const [b, q] of probability) if (a !== b) expected.set(`${a} ${b}`, (numRuns * p * q) / (1 - p));
      }
      for (let run = 0; run < numRuns; run++) {
        const drawn = await stochasticBeamSearch(stepper, { ...options, numSamples: 2, generator, temperature });
        const key = drawn.map(({ tokens }) => tokens.join()).join(" ");
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      expect([...counts.keys()].filter((key) => !expected.has(key))).toEqual([]);
      const observed = [...expected.keys()].map((key) => counts.get(key) ?? 0);
      expect(chiSquared(observed, [...expected.values()])).toBeLessThan(58.3);
    },
  );

  it("stochasticBeamSearch(stepper, options) gives distinct sequences, ranked, with their own log-probabilities", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 30 }), async (seed, numSamples) => {
        const model = historyStepper(5, scrambledLogits(5, seed));
        const request = { prompt: [3], maxLength: 6, endTokens: [0] };
        const found = await stochasticBeamSearch(model, { ...request, numSamples, generator: xoshiro128(seed) });
        expect(found).toHaveLength(numSamples);
        expect(new Set(found.map(({ tokens }) => tokens.join())).size).toBe(numSamples);
        for (const [i, { tokens, logProbability, logProbabilities, score, isFinished }] of found.entries()) {
          expect(score).toBeLessThanOrEqual(i === 0 ? Infinity : found[i - 1]!.score);
          const scored = await scoreSequence(model, { prompt: [3], tokens });
          expect({ logProbability, logProbabilities }).toEqual(scored);
          expect(isFinished).toBe(tokens.indexOf(0) === tokens.length - 1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("stochasticBeamSearch(stepper, { numSamples }) gives all sequences where there are no more", async () => {
    const found = await stochasticBeamSearch(stepper, { ...options, numSamples: 9, generator: xoshiro128(1) });
    expect(found.map(({ tokens }) => tokens.join()).sort()).toEqual(["0", "1,0", "1,1", "1,2", "2,0", "2,2"]);
  });

  it("stochasticBeamSearch(stepper, { allowedTokens, minLength }) keeps to its constraints", async () => {
    const found = await stochasticBeamSearch(stepper, {
      ...options,
      minLength: 2,
      allowedTokens: (generated) => (generated.length === 0 ? [0, 1] : undefined),
      numSamples: 9,
      generator: xoshiro128(1),
    });
    expect(found.map(({ tokens }) => tokens.join()).sort()).toEqual(["1,0", "1,1", "1,2"]);
  });

  it("stochasticBeamSearch(stepper, options) disposes every state once, whether or not a step throws", async () => {
    for (const failAtStep of [Infinity, 2]) {
      const { stepper: tracked, counts } = trackedStepper(stepper, { failAtStep });
      const run = stochasticBeamSearch(tracked, { ...options, numSamples: 3, generator: xoshiro128(1) });
      const outcome = await run.then(
        () => "done",
        (error: Error) => error.message,
      );
      expect(outcome).toBe(failAtStep === Infinity ? "done" : "step failed");
      expect(counts.live).toBe(0);
    }
  });

  it.each([
    { bad: { numSamples: 0 }, message: "numSamples must be a positive integer, got 0" },
    {
      bad: { numSamples: 10 },
      message: "numSamples must be at most 9, the number of sequences of 2 tokens out of 3, got 10",
    },
    { bad: { temperature: 0 }, message: "temperature must be positive and finite, got 0" },
    {
      bad: { allowedTokens: () => [] },
      message: "constraints and processors must leave a token possible, got none as generated token 1",
    },
  ])("stochasticBeamSearch(stepper, $bad) throws", async ({ bad, message }) => {
    const run = stochasticBeamSearch(stepper, { ...options, numSamples: 2, generator: xoshiro128(1), ...bad });
    await expect(run).rejects.toThrow(new RangeError(`stochasticBeamSearch: ${message}`));
  });
});
