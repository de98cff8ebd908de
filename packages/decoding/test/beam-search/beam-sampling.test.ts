import { xoshiro128 } from "@rnnkit/random";
import { describe, expect, it } from "vitest";
import {
  beamSampling,
  beamSearch,
  logSoftmax,
  scoreSequence,
  tableStepper,
  temperatureWarper,
} from "../../src/index.ts";
import { chiSquared } from "../chi-squared.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";

const logits = [
  [0, 1, -Infinity, 0.5],
  [-1, 0, 2, 1],
  [0.5, 0, 0.5, 0.5],
  [1, 2, 0, -2],
];
const stepper = tableStepper(logits);

describe("beamSampling", () => {
  // 2 degrees of freedom: a right sampler exceeds 13.82 once in a thousand seeds.
  it("beamSampling(stepper, { beamWidth: 1 }) draws its first token from the model's distribution", async () => {
    const generator = xoshiro128(5);
    const observed = [0, 0, 0, 0];
    for (let run = 0; run < 6000; run++) {
      const [{ tokens }] = await beamSampling(stepper, { prompt: [0], maxLength: 1, beamWidth: 1, generator });
      observed[tokens[0]!]!++;
    }
    const expected = logSoftmax(logits[0]!).map((x) => 6000 * Math.exp(x));
    expect(chiSquared(observed, expected)).toBeLessThan(13.82);
  });

  // 2 degrees of freedom: the sets of two of three possible tokens.
  it("beamSampling(stepper, { beamWidth: 2 }) draws its sequences without replacement", async () => {
    const generator = xoshiro128(6);
    const counts = new Map([
      ["0,1", 0],
      ["0,3", 0],
      ["1,3", 0],
    ]);
    for (let run = 0; run < 6000; run++) {
      const found = await beamSampling(stepper, {
        prompt: [0],
        maxLength: 1,
        beamWidth: 2,
        numHypotheses: 2,
        generator,
      });
      const key = found
        .map(({ tokens }) => tokens[0]!)
        .sort((a, b) => a - b)
        .join();
      counts.set(key, counts.get(key)! + 1);
    }
    const p = logSoftmax(logits[0]!).map(Math.exp);
    const both = (a: number, b: number) => 6000 * p[a]! * p[b]! * (1 / (1 - p[a]!) + 1 / (1 - p[b]!));
    expect(chiSquared([...counts.values()], [both(0, 1), both(0, 3), both(1, 3)])).toBeLessThan(13.82);
  });

  it("beamSampling(stepper, { processors: [temperatureWarper(t)] }) next to 0 is beamSearch by the same processors", async () => {
    const model = historyStepper(6, scrambledLogits(6, 11));
    const options = {
      prompt: [1],
      maxLength: 8,
      endTokens: [0],
      beamWidth: 3,
      numHypotheses: 3,
      processors: [temperatureWarper(1e-4)],
      isRefilled: true,
      earlyStopping: true as const,
    };
    const drawn = await beamSampling(model, { ...options, generator: xoshiro128(1) });
    expect(drawn).toEqual(await beamSearch(model, options));
  });

  it("beamSampling(stepper, options) ranks by score, and reports the model's log-probabilities", async () => {
    const model = historyStepper(6, scrambledLogits(6, 12));
    for (let seed = 0; seed < 20; seed++) {
      const options = { prompt: [1], maxLength: 8, endTokens: [0], beamWidth: 4, numHypotheses: 4, isRefilled: true };
      const found = await beamSampling(model, { ...options, earlyStopping: true, generator: xoshiro128(seed) });
      expect(new Set(found.map(({ tokens }) => tokens.join())).size).toBe(found.length);
      for (const [i, { tokens, logProbabilities, logProbability, score }] of found.entries()) {
        expect(score).toBeLessThanOrEqual(i === 0 ? 0 : found[i - 1]!.score);
        expect({ logProbabilities, logProbability }).toEqual(await scoreSequence(model, { prompt: [1], tokens }));
      }
    }
  });
});
