import { xoshiro128 } from "@rnnkit/random";
import { describe, expect, it } from "vitest";
import { greedy, logSoftmax, multinomial, scoreSequence, tableStepper } from "../src/index.ts";
import { historyStepper, scrambledLogits } from "./history-stepper.ts";

const logits = [
  [0, 1, -1, 0.5],
  [-1, 0, 2, -Infinity],
  [0.5, 0.5, 0.5, 0.5],
  [1, -Infinity, 0, -2],
];

describe("multinomial", () => {
  // 10 degrees of freedom (rows of 4, 3, 4 and 3 possible tokens): a right chain exceeds 29.59 once in a thousand seeds.
  it.each([
    { temperature: 1, seed: 11 },
    { temperature: 0.7, seed: 12 },
    { temperature: 2, seed: 13 },
  ])(
    "multinomial(stepper, { temperature: $temperature }) walks the chain of the table",
    async ({ temperature, seed }) => {
      const generator = xoshiro128(seed);
      const { tokens } = await multinomial(tableStepper(logits), {
        prompt: [0],
        maxLength: 40_000,
        generator,
        temperature,
      });
      const counts = logits.map(() => new Float64Array(4));
      let last = 0;
      for (const token of tokens) {
        counts[last]![token]!++;
        last = token;
      }
      let chiSquared = 0;
      for (const [from, observed] of counts.entries()) {
        const visits = observed.reduce((sum, count) => sum + count, 0);
        for (const [to, logProbability] of logSoftmax(logits[from]!.map((x) => x / temperature)).entries()) {
          const expected = visits * Math.exp(logProbability);
          // An impossible transition would make it infinite.
          if (observed[to]! > 0 || expected > 0) chiSquared += (observed[to]! - expected) ** 2 / expected;
        }
      }
      expect(chiSquared).toBeLessThan(29.59);
    },
  );

  const stepper = historyStepper(8, scrambledLogits(8, 5));
  const options = { prompt: [3], maxLength: 30, endTokens: [0] };

  it("multinomial(stepper, { generator }) repeats itself from the same seed, and not from another", async () => {
    const draw = (seed: number) => multinomial(stepper, { ...options, endTokens: [], generator: xoshiro128(seed) });
    expect(await draw(1)).toEqual(await draw(1));
    expect((await draw(1)).tokens).not.toEqual((await draw(2)).tokens);
  });

  it("multinomial(stepper, { temperature }) near 0 is greedy", async () => {
    const cold = await multinomial(stepper, { ...options, generator: xoshiro128(1), temperature: 1e-3 });
    expect(cold).toEqual(await greedy(stepper, options));
  });

  it("multinomial(stepper, { temperature }) reports the log-probability at temperature 1", async () => {
    for (const [seed, temperature] of [0.2, 1, 5].entries()) {
      const drawn = await multinomial(stepper, { ...options, generator: xoshiro128(seed), temperature });
      const { logProbability } = await scoreSequence(stepper, { prompt: options.prompt, tokens: drawn.tokens });
      expect(drawn.logProbability).toBe(logProbability);
      expect(drawn.score).toBe(logProbability);
    }
  });

  it("multinomial(stepper, options) forgets a constant added to a row of logits", async () => {
    const scrambled = scrambledLogits(8, 5);
    const shifted = historyStepper(8, (history) => Array.from(scrambled(history), (x) => x - 64 * history.length));
    const drawn = await multinomial(stepper, { ...options, generator: xoshiro128(4) });
    expect(await multinomial(shifted, { ...options, generator: xoshiro128(4) })).toEqual(drawn);
  });

  it("multinomial(stepper, { endTokens }) ends with the first end token, and only then is finished", async () => {
    for (let seed = 0; seed < 20; seed++) {
      const { tokens, isFinished } = await multinomial(stepper, {
        ...options,
        generator: xoshiro128(seed),
        maxLength: 6,
      });
      expect(tokens.indexOf(0)).toBe(isFinished ? tokens.length - 1 : -1);
      expect(isFinished ? tokens.length <= 6 : tokens.length === 6).toBe(true);
    }
  });
});
