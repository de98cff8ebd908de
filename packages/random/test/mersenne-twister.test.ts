import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { integer, mersenneTwister, shuffle, uniform } from "../src/index.ts";

interface Case {
  readonly seed: number;
  readonly getrandbits32: readonly (readonly [position: number, word: number])[];
  readonly random: readonly number[];
  readonly randrange: readonly (readonly [count: number, drawn: readonly number[]])[];
  readonly shuffleRange20: readonly number[];
}

const { source, cases } = golden<readonly Case[]>(import.meta.url, "cpython-random");

describe.each(cases)(`mersenneTwister($seed) equals ${source}`, ({ seed, ...expected }) => {
  it("uint32() equals getrandbits(32), beyond two renewals of the state", () => {
    const generator = mersenneTwister(seed);
    const drawn = Array.from({ length: 1250 }, () => generator.uint32());
    expect(expected.getrandbits32.map(([position]) => [position, drawn[position]])).toEqual(expected.getrandbits32);
  });

  it("uniform(generator) equals random()", () => {
    const generator = mersenneTwister(seed);
    expect(expected.random.map(() => uniform(generator))).toEqual(expected.random);
  });

  it("integer(generator, count) equals randrange(count)", () => {
    const generator = mersenneTwister(seed);
    const drawn = expected.randrange.map(([count, values]) => [count, values.map(() => integer(generator, count))]);
    expect(drawn).toEqual(expected.randrange);
  });

  it("shuffle(generator, items) equals shuffle(items)", () => {
    const items = Int32Array.from({ length: 20 }, (_, i) => i);
    shuffle(mersenneTwister(seed), items);
    expect([...items]).toEqual(expected.shuffleRange20);
  });
});
