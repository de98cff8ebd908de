import { expectClose } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { scoreSequence, tableStepper } from "../src/index.ts";

const log = (rows: number[][]) => rows.map((row) => row.map(Math.log));
const stepper = tableStepper(
  log([
    [0.5, 0.25, 0.25],
    [0.1, 0.1, 0.8],
    [0.0, 1.0, 0.0],
  ]),
);

describe("scoreSequence", () => {
  it.each([
    { prompt: [0], tokens: [1, 2, 1], probabilities: [0.25, 0.8, 1] },
    { prompt: [2, 1], tokens: [0, 0], probabilities: [0.1, 0.5] },
    { prompt: [1], tokens: [2, 2, 1], probabilities: [0.8, 0, 1] },
    { prompt: [1], tokens: [], probabilities: [] },
  ])("scoreSequence of $tokens after $prompt multiplies $probabilities", async ({ prompt, tokens, probabilities }) => {
    const { logProbabilities, logProbability } = await scoreSequence(stepper, { prompt, tokens });
    expectClose(logProbabilities.map(Math.exp), probabilities, { tolerance: 1e-6 });
    const product = probabilities.reduce((total, probability) => total * probability, 1);
    expectClose([Math.exp(logProbability)], [product], { tolerance: 1e-6 });
  });

  it.each([
    { prompt: [], tokens: [0], message: "prompt must hold at least one id, got none" },
    { prompt: [3], tokens: [0], message: "prompt must hold ids from 0 to 2, got 3 at index 0" },
    { prompt: [0], tokens: [0, -1], message: "tokens must hold ids from 0 to 2, got -1 at index 1" },
  ])("scoreSequence of $tokens after $prompt throws", async ({ prompt, tokens, message }) => {
    const score = scoreSequence(stepper, { prompt, tokens });
    await expect(score).rejects.toThrow(new RangeError(`scoreSequence: ${message}`));
  });
});
