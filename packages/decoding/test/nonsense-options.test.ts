import { xoshiro128 } from "@rnnkit/random";
import { describe, expect, it } from "vitest";
import {
  beamSampling,
  beamSearch,
  type BeamSearchOptions,
  beamTree,
  type DecodingOptions,
  diverseBeamSearch,
  exhaustiveSearch,
  greedy,
  greedyChoice,
  multinomial,
  stochasticBeamSearch,
  streamTokens,
  tableStepper,
} from "../src/index.ts";

const stepper = tableStepper([
  [0, 1, 2],
  [2, 1, 0],
  [1, 1, 1],
]);
const good: DecodingOptions = { prompt: [0], maxLength: 3 };

const decoders: Record<string, (options: DecodingOptions) => Promise<unknown>> = {
  greedy: (options) => greedy(stepper, options),
  multinomial: (options) => multinomial(stepper, { ...options, generator: xoshiro128(1) }),
  beamSearch: (options) => beamSearch(stepper, { ...options, beamWidth: 2 }),
  beamSampling: (options) => beamSampling(stepper, { ...options, beamWidth: 2, generator: xoshiro128(1) }),
  diverseBeamSearch: (options) =>
    diverseBeamSearch(stepper, { ...options, beamWidth: 2, numGroups: 2, diversityPenalty: 1 }),
  stochasticBeamSearch: (options) =>
    stochasticBeamSearch(stepper, { ...options, numSamples: 2, generator: xoshiro128(1) }),
  exhaustiveSearch: (options) => exhaustiveSearch(stepper, options),
  beamTree: (options) => beamTree(stepper, { ...options, beamWidth: 2 }),
  streamTokens: async (options) => streamTokens(stepper, { ...options, choose: greedyChoice }), // before it is read
};

async function streamed(options: DecodingOptions): Promise<unknown> {
  const tokens = [];
  for await (const { token } of streamTokens(stepper, { ...options, choose: greedyChoice })) tokens.push(token);
  return tokens;
}

const nonsense: { options: Partial<DecodingOptions>; message: string }[] = [
  { options: { prompt: [] }, message: "prompt must hold at least one id, got none" },
  { options: { prompt: [0, 3] }, message: "prompt must hold ids from 0 to 2, got 3 at index 1" },
  { options: { prompt: [-1] }, message: "prompt must hold ids from 0 to 2, got -1 at index 0" },
  { options: { prompt: [0.5] }, message: "prompt must hold ids from 0 to 2, got 0.5 at index 0" },
  { options: { maxLength: 0 }, message: "maxLength must be a positive integer, got 0" },
  { options: { maxLength: 2.5 }, message: "maxLength must be a positive integer, got 2.5" },
  { options: { maxLength: NaN }, message: "maxLength must be a positive integer, got NaN" },
  { options: { endTokens: [1, 3] }, message: "endTokens must hold ids from 0 to 2, got 3 at index 1" },
  { options: { minLength: 0 }, message: "minLength must be a positive integer, got 0" },
  { options: { minLength: 4 }, message: "minLength must be at most maxLength, 3, got 4" },
  { options: { forcedPrefix: [3] }, message: "forcedPrefix must hold ids from 0 to 2, got 3 at index 0" },
  { options: { forcedPrefix: [1, 1, 1, 1] }, message: "forcedPrefix must hold at most maxLength ids, 3, got 4" },
  {
    options: { endTokens: [2], forcedPrefix: [1, 2, 1] },
    message: "forcedPrefix must hold no end token but as its last id and from minLength on, got 2 at index 1",
  },
  {
    options: { endTokens: [2], forcedPrefix: [1, 2], minLength: 3 },
    message: "forcedPrefix must hold no end token but as its last id and from minLength on, got 2 at index 1",
  },
  { options: { endTokens: [NaN] }, message: "endTokens must hold ids from 0 to 2, got NaN at index 0" },
];

describe.each(Object.entries(decoders))("%s(stepper, options)", (name, decode) => {
  it.each(nonsense)("throws: $message", async ({ options, message }) => {
    await expect(decode({ ...good, ...options })).rejects.toThrow(new RangeError(`${name}: ${message}`));
  });
});

const contradictions: { options: Partial<DecodingOptions>; message: string }[] = [
  {
    options: { forcedPrefix: [1], allowedTokens: () => [2] },
    message: "constraints and processors must leave a token possible, got none as generated token 1",
  },
  {
    options: { allowedTokens: (generated) => (generated.length === 1 ? [] : undefined) },
    message: "constraints and processors must leave a token possible, got none as generated token 2",
  },
  {
    options: { endTokens: [0, 1, 2], minLength: 2 },
    message: "constraints and processors must leave a token possible, got none as generated token 1",
  },
  {
    options: { processors: [(scores) => scores.fill(-Infinity)] },
    message: "constraints and processors must leave a token possible, got none as generated token 1",
  },
  { options: { allowedTokens: () => [1, 7] }, message: "allowedTokens must hold ids from 0 to 2, got 7 at index 1" },
];

describe.each(Object.entries({ ...decoders, streamTokens: streamed }))("%s(stepper, options)", (name, decode) => {
  it.each(contradictions)("throws as it goes on: $message", async ({ options, message }) => {
    await expect(decode({ ...good, ...options })).rejects.toThrow(new RangeError(`${name}: ${message}`));
  });

  it("throws for scores that a processor made NaN", async () => {
    const processors = [(scores: Float32Array) => scores.fill(NaN)];
    await expect(decode({ ...good, processors })).rejects.toThrow(
      / must (give|be) finite( scores)? or -Infinity, got NaN/,
    );
  });
});

const beamNonsense: { options: Partial<BeamSearchOptions>; message: string }[] = [
  { options: { beamWidth: 0 }, message: "beamWidth must be a positive integer, got 0" },
  { options: { beamWidth: 1.5 }, message: "beamWidth must be a positive integer, got 1.5" },
  { options: { numHypotheses: 0 }, message: "numHypotheses must be a positive integer, got 0" },
  {
    options: { lengthPenalty: () => 0 },
    message: "lengthPenalty must be positive and finite, got 0 for the length 1",
  },
  {
    options: { lengthPenalty: (length) => (length < 3 ? 1 : Infinity) },
    message: "lengthPenalty must be positive and finite, got Infinity for the length 3",
  },
  {
    options: { beamWidth: 28 },
    message: "beamWidth must be at most 27, the number of sequences of 3 tokens out of 3, got 28",
  },
  { options: { coverageWeight: -1 }, message: "coverageWeight must be finite and at least 0, got -1" },
  { options: { coverageWeight: NaN }, message: "coverageWeight must be finite and at least 0, got NaN" },
  {
    options: { earlyStopping: false as unknown as true },
    message: 'earlyStopping must be true, "heuristic" or "never", got false',
  },
  {
    options: { earlyStopping: true, numHypotheses: 3 },
    message: 'numHypotheses must be at most beamWidth, 2, unless earlyStopping is "never", got 3',
  },
];

describe("beamSearch(stepper, options)", () => {
  it.each(beamNonsense)("throws: $message", async ({ options, message }) => {
    const search = beamSearch(stepper, { ...good, beamWidth: 2, ...options });
    await expect(search).rejects.toThrow(new RangeError(`beamSearch: ${message}`));
  });
});

describe("multinomial(stepper, options)", () => {
  it.each([0, -1, NaN, Infinity])("throws for temperature %s", async (temperature) => {
    const draw = multinomial(stepper, { ...good, generator: xoshiro128(1), temperature });
    await expect(draw).rejects.toThrow(`temperature must be positive and finite, got ${temperature}`);
  });
});
