import { xoshiro128 } from "@rnnkit/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allowedSequences,
  beamSearch,
  type BeamSearchOptions,
  exhaustiveSearch,
  greedy,
  multinomial,
  type RequiredPhrase,
  stochasticBeamSearch,
} from "../../src/index.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";

const stepper = historyStepper(6, scrambledLogits(6, 8));
const request = { prompt: [1], maxLength: 6, endTokens: [0] };

describe("forcedPrefix, allowedTokens and minLength", () => {
  const methods = {
    greedy: greedy.bind(undefined, stepper),
    multinomial: (options: typeof request) => multinomial(stepper, { ...options, generator: xoshiro128(2) }),
    beamSearch: async (options: typeof request) => (await beamSearch(stepper, { ...options, beamWidth: 3 }))[0],
    stochasticBeamSearch: async (options: typeof request) =>
      (await stochasticBeamSearch(stepper, { ...options, numSamples: 3, generator: xoshiro128(2) }))[0]!,
  };
  const allowedTokens = (generated: Int32Array) => [0, generated.length, 4];
  const constraints = { forcedPrefix: [4, 4], minLength: 5, allowedTokens };

  it.each(Object.entries(methods))("%s(stepper, options) keeps to them", async (_, method) => {
    const { tokens } = await method({
      ...request,
      ...constraints,
    });
    expect(tokens.slice(0, 2)).toEqual(Int32Array.of(4, 4));
    expect(tokens.length).toBeGreaterThanOrEqual(5);
    tokens.forEach((token, i) => expect([0, i, 4]).toContain(token));
  });

  it("greedy(stepper, { forcedPrefix }) goes on as after the same prompt, and scores the prefix too", async () => {
    const forced = await greedy(stepper, { ...request, forcedPrefix: [5, 2] });
    const prompted = await greedy(stepper, { ...request, prompt: [1, 5, 2], maxLength: 4 });
    expect(forced.tokens.slice(2)).toEqual(prompted.tokens);
    expect(forced.logProbabilities.slice(2)).toEqual(prompted.logProbabilities);
    expect(forced.logProbability).toBeLessThan(prompted.logProbability);
  });
});

describe("allowedSequences", () => {
  it("beamSearch(stepper, { allowedTokens: allowedSequences(list) }) ranks the list, and nothing else", async () => {
    const sequence = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }).map((ids) => [...ids, 0]);
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(sequence, { minLength: 1, maxLength: 6 }), async (seed, list) => {
        const model = historyStepper(6, scrambledLogits(6, seed));
        const options = { ...request, allowedTokens: allowedSequences(list), beamWidth: 40, numHypotheses: 40 };
        const found = await beamSearch(model, options);
        const expected = new Set(list.map((ids) => ids.join()));
        expect(new Set(found.map(({ tokens }) => tokens.join()))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    { sequences: [], message: "sequences must hold at least one, got none" },
    { sequences: [[1], []], message: "sequences[1] must hold an id, got none" },
    { sequences: [[1, -1]], message: "sequences[0] must hold integers of 0 or more, got -1" },
    { sequences: [[0.5]], message: "sequences[0] must hold integers of 0 or more, got 0.5" },
  ])("allowedSequences($sequences) throws", ({ sequences, message }) => {
    expect(() => allowedSequences(sequences)).toThrow(new RangeError(`allowedSequences: ${message}`));
  });
});

/** Whether the phrases stand in the tokens, none over another, in the order in which they are met. */
function holdsAll(tokens: Int32Array, phrases: readonly RequiredPhrase[]): boolean {
  const alternatives = phrases.map((phrase) => ("anyOf" in phrase ? [...phrase.anyOf] : [phrase]));
  const visit = (left: readonly (readonly ArrayLike<number>[])[], start: number): boolean =>
    left.length === 0 ||
    (start < tokens.length &&
      (visit(left, start + 1) ||
        left.some((each, i) =>
          each.some(
            (ids) =>
              Array.from(ids).every((id, k) => tokens[start + k] === id) &&
              visit(
                left.filter((_, j) => j !== i),
                start + ids.length,
              ),
          ),
        )));
  return visit(alternatives, 0);
}

describe("requiredPhrases", () => {
  const phrase = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 2 });
  const required = fc.oneof(
    phrase as fc.Arbitrary<RequiredPhrase>,
    fc.array(phrase, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  );

  it("beamSearch(stepper, { requiredPhrases }) of any width finds hypotheses that hold all of them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(required, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        async (seed, requiredPhrases, beamWidth, isRefilled) => {
          const model = historyStepper(6, scrambledLogits(6, seed));
          const options = { ...request, requiredPhrases, beamWidth, isRefilled, numHypotheses: 4 };
          const found = await beamSearch(model, options);
          for (const { tokens } of found) expect(holdsAll(tokens, requiredPhrases), tokens.join()).toBe(true);
          expect(new Set(found.map(({ tokens }) => tokens.join())).size).toBe(found.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("beamSearch(stepper, { requiredPhrases: [[1, 1, 2]] }) sees the phrase in 1, 1, 1, 2", async () => {
    const [best] = await beamSearch(stepper, {
      ...request,
      requiredPhrases: [[1, 1, 2]],
      forcedPrefix: [1, 1, 1, 2, 0],
      beamWidth: 2,
    });
    expect([...best.tokens]).toEqual([1, 1, 1, 2, 0]);
  });

  it("beamSearch(stepper, { requiredPhrases }) of a modest width finds the best there is, here", async () => {
    const options = { ...request, maxLength: 5, requiredPhrases: [[2, 5], { anyOf: [[3], [4, 4]] }] };
    const [expected] = await exhaustiveSearch(stepper, options);
    const [found] = await beamSearch(stepper, { ...options, beamWidth: 40 });
    expect(found).toEqual(expected);
  });

  const bad: { options: Partial<BeamSearchOptions>; message: string }[] = [
    { options: { requiredPhrases: [[]] }, message: "requiredPhrases[0] must hold at least one id, got none" },
    {
      options: { requiredPhrases: [[1], [6]] },
      message: "requiredPhrases[1] must hold ids from 0 to 5, got 6 at index 0",
    },
    { options: { requiredPhrases: [{ anyOf: [] }] }, message: "requiredPhrases[0] must have an alternative, got none" },
    { options: { requiredPhrases: [[1, 0]] }, message: "requiredPhrases[0] must hold no end token, got 0" },
    {
      options: {
        requiredPhrases: [
          [1, 2, 3],
          [1, 2, 3, 4],
        ],
      },
      message: "requiredPhrases must fit into maxLength tokens, 6, got 7 at least",
    },
    {
      options: { requiredPhrases: [[2]], allowedTokens: () => [1] },
      message:
        "requiredPhrases must be possible in 6 tokens beside the other constraints, got no sequence that holds all",
    },
  ];
  it.each(bad)("beamSearch(stepper, $options) throws", async ({ options, message }) => {
    await expect(beamSearch(stepper, { ...request, beamWidth: 3, ...options })).rejects.toThrow(
      new RangeError(`beamSearch: ${message}`),
    );
  });
});
