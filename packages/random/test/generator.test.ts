import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GeneratorState, deriveSeed, mersenneTwister, restoreGenerator, xoshiro128 } from "../src/index.ts";

const seeds = fc.integer({ min: 0, max: 0xffffffff });

describe.each([
  ["xoshiro128", xoshiro128],
  ["mersenneTwister", mersenneTwister],
] as const)("%s(seed)", (name, generatorOf) => {
  it("uint32() is an unsigned 32-bit integer, and equal seeds draw alike", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [one, other] = [generatorOf(seed), generatorOf(seed)];
        for (let i = 0; i < 20; i++) {
          const word = one.uint32();
          expect(word).toBe(word >>> 0);
          expect(other.uint32()).toBe(word);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("restoreGenerator(JSON of state()) continues exactly, and state() is a copy", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 1300 }), (seed, skipped) => {
        const generator = generatorOf(seed);
        for (let i = 0; i < skipped; i++) generator.uint32();
        const saved = generator.state();
        const restored = restoreGenerator(JSON.parse(JSON.stringify(saved)) as GeneratorState);
        for (let i = 0; i < 700; i++) expect(restored.uint32()).toBe(generator.uint32());
        const again = restoreGenerator(saved);
        expect(again.state()).toEqual(saved);
      }),
      { numRuns: 20 },
    );
  });

  it.each([-1, 0.5, 2 ** 32, NaN, Infinity])("throws a RangeError for the seed %s", (seed) => {
    expect(() => generatorOf(seed)).toThrow(
      new RangeError(`${name}: seed must be an integer from 0 to 4294967295, got ${seed}`),
    );
  });
});

describe("restoreGenerator", () => {
  const words = [...mersenneTwister(1).state().words];
  it.each([
    ["null", null],
    ["a number", 7],
    ["an empty object", {}],
    ["an unknown algorithm", { algorithm: "lcg", words: [1, 2, 3, 4] }],
    ["too few words", { algorithm: "xoshiro128", words: [1, 2, 3] }],
    ["words that are all zero", { algorithm: "xoshiro128", words: [0, 0, 0, 0] }],
    ["a negative word", { algorithm: "xoshiro128", words: [1, 2, 3, -4] }],
    ["a word that is no number", { algorithm: "xoshiro128", words: [1, 2, 3, "4"] }],
    ["a position beyond the words", { algorithm: "mersenne-twister", words: [...words.slice(0, 624), 625] }],
    ["no position", { algorithm: "mersenne-twister", words: words.slice(0, 624) }],
  ])("throws a TypeError that shows the state, for %s", (_, state) => {
    const start = JSON.stringify(state).slice(0, 60);
    expect(() => restoreGenerator(state as GeneratorState)).toThrow(TypeError);
    expect(() => restoreGenerator(state as GeneratorState)).toThrow(
      `restoreGenerator: state must be what Generator.state returned, got ${start}`,
    );
  });
});

describe("deriveSeed", () => {
  it("deriveSeed(seed, purpose) is an unsigned 32-bit integer that only its arguments decide", () => {
    fc.assert(
      fc.property(seeds, fc.oneof(fc.string({ unit: "binary" }), fc.nat()), (seed, purpose) => {
        const derived = deriveSeed(seed, purpose);
        expect(derived).toBe(derived >>> 0);
        expect(deriveSeed(seed, purpose)).toBe(derived);
      }),
    );
  });

  it("deriveSeed(seed, purpose) keeps its values from release to release, so that old runs can be repeated", () => {
    expect([deriveSeed(0, 0), deriveSeed(0, "0"), deriveSeed(42, "weights"), deriveSeed(0xffffffff, "")]).toEqual([
      2253123254, 2066687470, 2206172637, 3606089471,
    ]);
  });

  it("deriveSeed(seed, n) differs for 100000 pairs of 100 seeds and 1000 epochs, but for chance", () => {
    const derived = new Set<number>();
    for (let seed = 0; seed < 100; seed++) for (let n = 0; n < 1000; n++) derived.add(deriveSeed(seed, n));
    expect(derived.size).toBeGreaterThan(99_990); // 100000^2 / 2 / 2^32 = 1.2 collisions are expected of random words
  });

  it.each([-1, 1.5, 2 ** 32, NaN])("throws a RangeError for the seed %s", (seed) => {
    expect(() => deriveSeed(seed, "weights")).toThrow(RangeError);
  });
});
