import { xoshiro128 } from "@rnnkit/random";
import { describe, expect, it } from "vitest";
import {
  beamSearch,
  type BeamSearchOptions,
  type DecodingOptions,
  greedy,
  greedyChoice,
  multinomial,
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
  streamTokens: async (options) => streamTokens(stepper, { ...options, choose: greedyChoice }), // before it is read
};

const nonsense: { options: Partial<DecodingOptions>; message: string }[] = [
  { options: { prompt: [] }, message: "prompt must hold at least one id, got none" },
  { options: { prompt: [0, 3] }, message: "prompt must hold ids from 0 to 2, got 3 at index 1" },
  { options: { prompt: [-1] }, message: "prompt must hold ids from 0 to 2, got -1 at index 0" },
  { options: { prompt: [0.5] }, message: "prompt must hold ids from 0 to 2, got 0.5 at index 0" },
  { options: { maxLength: 0 }, message: "maxLength must be a positive integer, got 0" },
  { options: { maxLength: 2.5 }, message: "maxLength must be a positive integer, got 2.5" },
  { options: { maxLength: NaN }, message: "maxLength must be a positive integer, got NaN" },
  { options: { endTokens: [1, 3] }, message: "endTokens must hold ids from 0 to 2, got 3 at index 1" },
  { options: { endTokens: [NaN] }, message: "endTokens must hold ids from 0 to 2, got NaN at index 0" },
];

describe.each(Object.entries(decoders))("%s(stepper, options)", (name, decode) => {
  it.each(nonsense)("throws: $message", async ({ options, message }) => {
    await expect(decode({ ...good, ...options })).rejects.toThrow(new RangeError(`${name}: ${message}`));
  });
});

const beamNonsense: { options: Partial<BeamSearchOptions>; message: string }[] = [
  { options: { beamWidth: 0 }, message: "beamWidth must be a positive integer, got 0" },
  { options: { beamWidth: 1.5 }, message: "beamWidth must be a positive integer, got 1.5" },
  { options: { numHypotheses: 0 }, message: "numHypotheses must be a positive integer, got 0" },
  { options: { lengthPenalty: () => 0 }, message: "lengthPenalty must be positive and finite, got 0 for the length 1" },
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
