import { xoshiro128 } from "@rnnkit/random";
import { describe, expect, it } from "vitest";
import { greedyChoice, logSoftmax, multinomialChoice } from "../src/index.ts";

describe("greedyChoice", () => {
  it.each([
    { logits: [3], id: 0 },
    { logits: [1, 3, 2], id: 1 },
    { logits: [2, 5, 5, 5], id: 1 },
    { logits: [-Infinity, -1e30], id: 1 },
  ])("greedyChoice($logits) is $id", ({ logits, id }) => {
    expect(greedyChoice(Float32Array.from(logits))).toBe(id);
  });

  it.each([[[NaN]], [[Infinity]], [[-Infinity]], [[]]])("greedyChoice(%s) throws", (logits) => {
    expect(() => greedyChoice(Float32Array.from(logits))).toThrow(/^greedyChoice: logits must/);
  });
});

describe("multinomialChoice", () => {
  const logits = Float32Array.of(1, -Infinity, 0, 2, -1, 0.5);

  // 4 degrees of freedom: a right sampler exceeds 18.47 once in a thousand seeds.
  it.each([
    { temperature: 1, seed: 1 },
    { temperature: 0.5, seed: 2 },
    { temperature: 3, seed: 3 },
  ])("multinomialChoice({ temperature: $temperature }) draws the tempered distribution", ({ temperature, seed }) => {
    const choose = multinomialChoice({ generator: xoshiro128(seed), temperature });
    const draws = 20_000;
    const observed = new Float64Array(logits.length);
    for (let i = 0; i < draws; i++) observed[choose(logits)]!++;
    const expected = logSoftmax(logits.map((x) => x / temperature)).map((x) => draws * Math.exp(x));
    expect(observed[1]).toBe(0);
    let chiSquared = 0;
    for (const [i, count] of expected.entries()) if (count > 0) chiSquared += (observed[i]! - count) ** 2 / count;
    expect(chiSquared).toBeLessThan(18.47);
  });

  it("multinomialChoice({ temperature }) next to 0 is greedyChoice, without NaN", () => {
    for (const temperature of [1e-3, 1e-300, Number.MIN_VALUE]) {
      const choose = multinomialChoice({ generator: xoshiro128(1), temperature });
      for (let i = 0; i < 50; i++) expect(choose(logits)).toBe(greedyChoice(logits));
    }
  });

  it("multinomialChoice({ temperature }) of the largest temperature draws evenly from what is possible", () => {
    const choose = multinomialChoice({ generator: xoshiro128(4), temperature: Number.MAX_VALUE });
    const seen = new Set(Array.from({ length: 300 }, () => choose(logits)));
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 2, 3, 4, 5]);
  });

  it.each([0, -1, NaN, Infinity])("multinomialChoice({ temperature: %s }) throws", (temperature) => {
    expect(() => multinomialChoice({ generator: xoshiro128(1), temperature })).toThrow(
      new RangeError(`multinomialChoice: temperature must be positive and finite, got ${temperature}`),
    );
  });

  it.each([[[NaN]], [[Infinity]], [[-Infinity]], [[]]])("multinomialChoice of %s throws", (bad) => {
    const choose = multinomialChoice({ generator: xoshiro128(1) });
    expect(() => choose(Float32Array.from(bad))).toThrow(/^multinomialChoice: logits must/);
  });
});
