import { expectClose } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greedy, scoreSequence, tableStepper } from "../src/index.ts";
import { historyStepper, scrambledLogits } from "./history-stepper.ts";

const log = (rows: number[][]) => rows.map((row) => row.map(Math.log));
const stepper = tableStepper(
  log([
    [0.1, 0.7, 0.2],
    [0.2, 0.2, 0.6],
    [0.5, 0.3, 0.2],
  ]),
);

describe("greedy", () => {
  it.each([
    { prompt: [0], maxLength: 1, endTokens: [], tokens: [1], probability: 0.7, isFinished: false },
    { prompt: [0], maxLength: 3, endTokens: [], tokens: [1, 2, 0], probability: 0.7 * 0.6 * 0.5, isFinished: false },
    { prompt: [0], maxLength: 9, endTokens: [2], tokens: [1, 2], probability: 0.7 * 0.6, isFinished: true },
    { prompt: [0], maxLength: 2, endTokens: [2], tokens: [1, 2], probability: 0.7 * 0.6, isFinished: true },
    { prompt: [0, 2, 2], maxLength: 2, endTokens: [1, 0], tokens: [0], probability: 0.5, isFinished: true },
  ])("greedy(stepper, { prompt: $prompt, maxLength: $maxLength, endTokens: $endTokens }) is $tokens", async (row) => {
    const { prompt, maxLength, endTokens } = row;
    const hypothesis = await greedy(stepper, { prompt, maxLength, endTokens });
    expect(hypothesis.tokens).toEqual(Int32Array.from(row.tokens));
    expect(hypothesis.isFinished).toBe(row.isFinished);
    expect(hypothesis.score).toBe(hypothesis.logProbability);
    expectClose([Math.exp(hypothesis.logProbability)], [row.probability], { tolerance: 1e-6 });
  });

  it("greedy(stepper, options) takes the lowest of equally probable ids", async () => {
    const even = tableStepper([
      [1, 2, 2],
      [3, 0, 3],
      [0, 0, 0],
    ]);
    expect((await greedy(even, { prompt: [0], maxLength: 4 })).tokens).toEqual(Int32Array.of(1, 0, 1, 0));
  });

  it("greedy(stepper, options) forgets a constant added to a row of logits", async () => {
    const logits = scrambledLogits(6, 3);
    const shifted = historyStepper(6, (history) => Array.from(logits(history), (x) => x + 32 * history.length));
    const options = { prompt: [1], maxLength: 12, endTokens: [0] };
    const expected = await greedy(historyStepper(6, logits), options);
    expect(await greedy(shifted, options)).toEqual(expected);
  });

  it("greedy(stepper, options) reports the log-probability that scoreSequence finds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 10 }), async (seed, maxLength) => {
        const scrambled = historyStepper(5, scrambledLogits(5, seed));
        const { tokens, logProbability } = await greedy(scrambled, { prompt: [2, 4], maxLength, endTokens: [0] });
        expect((await scoreSequence(scrambled, { prompt: [2, 4], tokens })).logProbability).toBe(logProbability);
      }),
      { numRuns: 50 },
    );
  });
});
