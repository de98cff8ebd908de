import { expectClose } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { beamSearch, beamSearchBatch, powerLengthPenalty, type Stepper, tableStepper } from "../../src/index.ts";

// A translator of three words: tokens 1, 2, 3 attend to source positions 0, 1, 2 with 0.8, and 0.1 to the others. Nothing
// keeps the model from saying 1 over and over; the end is token 0.
const table = tableStepper([
  [0, 0, 0, 0],
  [0, 2, 1, 1],
  [0, 2, 1, 1],
  [0, 2, 1, 1],
]);
const focus = [
  [1 / 3, 1 / 3, 1 / 3],
  [0.8, 0.1, 0.1],
  [0.1, 0.8, 0.1],
  [0.1, 0.1, 0.8],
];

/** The attention behind the logits that follow a token is spread as if the model looked at the next source word. */
const translator: Stepper<unknown> = {
  ...(table as Stepper<unknown>),
  async step(tokens, state) {
    const result = await (table as Stepper<unknown>).step(tokens, state);
    return { ...result, attention: Float32Array.from([...tokens].flatMap((token) => focus[token]!)) };
  },
};
const options = { prompt: [1], maxLength: 3, endTokens: [0], beamWidth: 64, lengthPenalty: powerLengthPenalty(0) };

describe("coverageWeight", () => {
  it("beamSearch(stepper, { coverageWeight }) prefers what attends to the whole source", async () => {
    const [careless] = await beamSearch(translator, options);
    expect([...careless.tokens]).toEqual([1, 1, 1]);
    const [thorough] = await beamSearch(translator, { ...options, coverageWeight: 2 });
    // The attention behind a token is that of the token before it, here the prompt's 1, then 2 or 3: all get 0.9 or more.
    expect(new Set(thorough.tokens.slice(0, 2))).toEqual(new Set([2, 3]));
    const coverage = [0, 1, 2].map((position) => focus[1]![position]! + focus[2]![position]! + focus[3]![position]!);
    const penalty = 2 * coverage.reduce((sum, covered) => sum + Math.log(Math.min(covered, 1)), 0);
    expectClose([thorough.score], [thorough.logProbability + penalty], { tolerance: 1e-6 });
  });

  it("beamSearch(stepper, { coverageWeight }) leaves out positions whose attention is NaN", async () => {
    const padded: Stepper<unknown> = {
      ...translator,
      async step(tokens, state) {
        const result = await translator.step(tokens, state);
        const rows = [...tokens].flatMap((token) => [...focus[token]!, NaN]);
        return { ...result, attention: Float32Array.from(rows) };
      },
    };
    const request = { ...options, coverageWeight: 1 };
    expect(await beamSearch(padded, request)).toEqual(await beamSearch(translator, request));
  });

  it("beamSearchBatch(stepper, { coverageWeight }) gives each row its own attention", async () => {
    const request = { ...options, coverageWeight: 1, numHypotheses: 3 };
    const prompts = [[1], [3, 2], [2]];
    const expected = [];
    for (const prompt of prompts) expected.push(await beamSearch(translator, { ...request, prompt }));
    expect(await beamSearchBatch(translator, { ...request, prompts })).toEqual(expected);
  });

  it("beamSearch(stepper, { coverageWeight }) throws over a stepper that reports no attention", async () => {
    await expect(beamSearch(table, { ...options, coverageWeight: 0.5 })).rejects.toThrow(
      new RangeError("beamSearch: coverageWeight must be 0 over a stepper that reports no attention, got 0.5"),
    );
  });

  it("beamSearch(stepper, { coverageWeight }) throws for attention that makes no rows", async () => {
    const ragged: Stepper<unknown> = {
      ...translator,
      step: async (tokens, state) => ({
        ...(await translator.step(tokens, state)),
        attention: new Float32Array(tokens.length + 1),
      }),
    };
    const run = beamSearchBatch(ragged, { ...options, prompts: [[1], [2]], coverageWeight: 1 });
    await expect(run).rejects.toThrow(
      new RangeError("Stepper.step: attention must have as many entries for each of 2 rows, got 3"),
    );
  });
});
