import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { restoreGenerator, xoshiro128 } from "../src/index.ts";

interface Case {
  readonly state: readonly number[];
  readonly first: readonly number[];
  readonly far: readonly [position: number, word: number];
}

const { source, cases } = golden<readonly Case[]>(import.meta.url, "xoshiro128");

describe("xoshiro128", () => {
  it.each(cases)(`uint32() from the state $state equals ${source}`, ({ state, first, far: [position, word] }) => {
    const generator = restoreGenerator({ algorithm: "xoshiro128", words: state });
    expect(first.map(() => generator.uint32())).toEqual(first);
    for (let i = first.length; i < position; i++) generator.uint32();
    expect(generator.uint32()).toBe(word);
  });

  it("xoshiro128(seed) never starts from the all-zero state, and neighbouring seeds share no word", () => {
    const words = Array.from({ length: 1000 }, (_, seed) => xoshiro128(seed).state().words);
    expect(words.every((state) => state.some((word) => word !== 0))).toBe(true);
    expect(new Set(words.map(([first]) => first)).size).toBe(1000);
  });

  it("xoshiro128(seed) keeps its starting state from release to release, so that old runs can be repeated", () => {
    expect(xoshiro128(42).state().words).toEqual([551831576, 144025891, 322543647, 3034809370]);
  });

  it("xoshiro128(seed) spreads neighbouring seeds: half the bits of the first word change from seed to seed", () => {
    let changed = 0;
    for (let seed = 0; seed < 4096; seed++) {
      let difference = xoshiro128(seed).uint32() ^ xoshiro128(seed + 1).uint32();
      for (; difference !== 0; difference &= difference - 1) changed++;
    }
    expect(changed / 4096).toBeCloseTo(16, 0);
  });
});
