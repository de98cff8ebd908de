import { xoshiro128 } from "@rnnkit/random";
import { describe, expect, it } from "vitest";
import {
  multinomialChoice,
  standardProcessors,
  type StandardProcessorOptions,
  streamTokens,
  tableStepper,
} from "../../src/index.ts";
import { chiSquared } from "../chi-squared.ts";

const probabilities = [0.3, 0.05, 0.25, 0, 0.2, 0.1, 0.1];
/** Every token is followed by the same distribution. */
const stepper = tableStepper(probabilities.map(() => probabilities.map(Math.log)));

// The shares follow from the definitions by hand. A right sampler exceeds the bound once in a thousand seeds.
const rows: { options: StandardProcessorOptions; shares: number[]; bound: number }[] = [
  { options: {}, shares: [0.3, 0.05, 0.25, 0, 0.2, 0.1, 0.1], bound: 20.52 },
  { options: { topK: 3 }, shares: [0.3, 0, 0.25, 0, 0.2, 0, 0], bound: 13.82 },
  { options: { topK: 4 }, shares: [0.3, 0, 0.25, 0, 0.2, 0.1, 0.1], bound: 18.47 }, // a tie
  { options: { topP: 0.5 }, shares: [0.3, 0, 0.25, 0, 0, 0, 0], bound: 10.83 },
  { options: { minP: 0.5 }, shares: [0.3, 0, 0.25, 0, 0.2, 0, 0], bound: 13.82 },
  { options: { epsilon: 0.07 }, shares: [0.3, 0, 0.25, 0, 0.2, 0.1, 0.1], bound: 18.47 },
  { options: { temperature: 0.5 }, shares: probabilities.map((p) => p * p), bound: 20.52 },
  { options: { temperature: 0.5, topK: 3, topP: 0.6 }, shares: [0.09, 0, 0.0625, 0, 0, 0, 0], bound: 10.83 },
  {
    options: { sequenceBias: [{ tokens: [1], bias: Math.log(4) }], suppressedTokens: [0] },
    shares: [0, 0.2, 0.25, 0, 0.2, 0.1, 0.1],
    bound: 18.47,
  },
];

describe("multinomialChoice after processors", () => {
  it.each(rows.map((row, seed) => ({ ...row, seed })))(
    "draws $shares after $options",
    async ({ options, shares, bound, seed }) => {
      const draws = 20_000;
      const observed = new Float64Array(probabilities.length);
      const choose = multinomialChoice({ generator: xoshiro128(seed) });
      const processors = standardProcessors(options);
      for await (const { token } of streamTokens(stepper, { prompt: [0], maxLength: draws, choose, processors }))
        observed[token]!++;
      const total = shares.reduce((sum, share) => sum + share, 0);
      expect(
        chiSquared(
          observed,
          shares.map((share) => (draws * share) / total),
        ),
      ).toBeLessThan(bound);
    },
  );
});
