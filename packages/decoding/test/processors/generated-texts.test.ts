import { xoshiro128 } from "@rnnkit/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multinomialChoice, standardProcessors, type StandardProcessorOptions, streamTokens } from "../../src/index.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";

const V = 7;

async function generate(
  seed: number,
  processors: StandardProcessorOptions,
  { maxLength = 25, endTokens = [0] }: { maxLength?: number; endTokens?: number[] } = {},
): Promise<number[]> {
  const tokens = [];
  const stepper = historyStepper(V, scrambledLogits(V, seed));
  const choose = multinomialChoice({ generator: xoshiro128(seed >>> 0) });
  const options = { prompt: [3, 5], maxLength, endTokens, choose, processors: standardProcessors(processors) };
  for await (const { token } of streamTokens(stepper, options)) tokens.push(token);
  return tokens;
}

const forAnySeed = (check: (seed: number) => Promise<void>) => fc.assert(fc.asyncProperty(fc.integer(), check));
const pairs = (tokens: readonly number[]) => tokens.slice(1).map((token, i) => `${tokens[i]} ${token}`);

describe("streamTokens(stepper, { processors })", () => {
  it("with ngramBlocking repeats no n-gram, the prompt's included", async () => {
    await forAnySeed(async (seed) => {
      const all = pairs([3, 5, ...(await generate(seed, { ngramBlocking: 2 }))]);
      expect(new Set(all).size).toBe(all.length);
    });
  });

  it("with encoderNgramBlocking says no n-gram of the source", async () => {
    const source = [1, 2, 3, 1, 4, 6, 6];
    await forAnySeed(async (seed) => {
      const found = pairs([5, ...(await generate(seed, { encoderNgramBlocking: 2, source }))]);
      for (const pair of pairs(source)) expect(found).not.toContain(pair);
    });
  });

  it("with badWords and suppressedTokens says none of them", async () => {
    await forAnySeed(async (seed) => {
      const tokens = await generate(seed, { badWords: [[1, 2], [5, 4], [6]], suppressedTokens: [3] });
      expect(tokens).not.toContain(6);
      expect(tokens).not.toContain(3);
      expect(pairs([5, ...tokens])).not.toContain("1 2");
      expect(pairs([5, ...tokens])).not.toContain("5 4");
    });
  });

  it("with minNewTokens and minTotalLength ends no earlier, with forcedEnd always", async () => {
    await forAnySeed(async (seed) => {
      expect((await generate(seed, { minNewTokens: 9 })).slice(0, 9)).not.toContain(0);
      expect((await generate(seed, { minTotalLength: 9 })).slice(0, 7)).not.toContain(0);
      expect((await generate(seed, { forcedEnd: true }, { maxLength: 6 })).at(-1)).toBe(0);
    });
  });

  it("with forcedBegin and suppressedAtBegin begins as told", async () => {
    await forAnySeed(async (seed) => {
      const tokens = await generate(seed, { forcedBegin: 4, suppressedAtBegin: [0, 1, 2] });
      expect(tokens[0]).toBe(4);
      expect([3, 4, 5, 6]).toContain(tokens[1]);
      expect([3, 4, 5, 6]).toContain((await generate(seed, { suppressedAtBegin: [0, 1, 2] }))[0]);
    });
  });

  it("with a strong exponentialLengthDecay ends soon after its start, where the end has a score above 0", async () => {
    const shifted = historyStepper(V, (history) => Array.from(scrambledLogits(V, 1)(history), (x) => x + 4));
    const processors = standardProcessors({ exponentialLengthDecay: { start: 5, factor: 50 }, minNewTokens: 5 });
    for (let seed = 0; seed < 20; seed++) {
      const choose = multinomialChoice({ generator: xoshiro128(seed) });
      let length = 0;
      const options = { prompt: [1], maxLength: 50, endTokens: [0], choose, processors };
      for await (const _ of streamTokens(shifted, options)) length++;
      expect(length).toBeGreaterThan(5);
      expect(length).toBeLessThan(9);
    }
  });

  it("with a finite presencePenalty that is huge says each token once, as long as there are others", async () => {
    await forAnySeed(async (seed) => {
      const tokens = await generate(seed, { presencePenalty: 1e4 }, { maxLength: V, endTokens: [] });
      expect(new Set(tokens).size).toBe(V);
    });
  });
});
