import { batchesContract } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomBatches, sequentialBatches } from "../src/index.ts";

for (const makeBatches of [randomBatches, sequentialBatches]) {
  batchesContract(makeBatches.name, makeBatches);
  batchesContract(`${makeBatches.name} with consecutive draws`, (corpus, options) =>
    makeBatches(corpus, { ...options, draws: "consecutive" }),
  );
}

const positions = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);
const shapes = fc.record({ batchSize: fc.integer({ min: 1, max: 6 }), numSteps: fc.integer({ min: 1, max: 6 }) });

describe.each([
  ["randomBatches", randomBatches, 0],
  ["sequentialBatches", sequentialBatches, 1],
] as const)("%s", (name, makeBatches, more) => {
  it("every batch has the shape asked for", () => {
    const epoch = makeBatches(positions(500), { batchSize: 3, numSteps: 7, seed: 1 }).epoch(0);
    expect(Array.from(epoch, ({ shape }) => shape)).toEqual(Array.from({ length: epoch.length }, () => [3, 7]));
  });

  it("an epoch leaves out fewer tokens than a batch, a subsequence of each row and the drawn offset hold", () => {
    fc.assert(
      fc.property(shapes, fc.nat({ max: 200 }), fc.nat(), ({ batchSize, numSteps }, extra, index) => {
        const corpus = positions((batchSize + 1) * numSteps + 1 + extra);
        const epoch = makeBatches(corpus, { batchSize, numSteps, seed: 5 }).epoch(index);
        const numInputs = epoch.length * batchSize * numSteps;
        expect(numInputs).toBeLessThan(corpus.length);
        expect(numInputs).toBeGreaterThanOrEqual(corpus.length - (batchSize + 2) * numSteps - batchSize);
      }),
    );
  });

  it("the shortest corpus that is accepted has a batch in every epoch, and one token fewer would not", () => {
    fc.assert(
      fc.property(shapes, ({ batchSize, numSteps }) => {
        const minLength = (batchSize + 1) * numSteps + more;
        const options = { batchSize, numSteps, seed: 9 };
        const batches = makeBatches(positions(minLength), options);
        for (let index = 0; index < 30; index++) expect(batches.epoch(index).length).toBeGreaterThan(0);
        expect(() => makeBatches(positions(minLength - 1), options)).toThrow(
          new RangeError(
            `${name}: corpus must hold at least ${minLength} tokens for batchSize ${batchSize} and numSteps ` +
              `${numSteps}, got ${minLength - 1}`,
          ),
        );
      }),
      { numRuns: 30 },
    );
  });

  it.each([-1, 0.5, NaN, 2 ** 32])("throws a RangeError for the seed %s", (seed) => {
    expect(() => makeBatches(positions(100), { batchSize: 2, numSteps: 3, seed })).toThrow(
      new RangeError(`${name}: seed must be an integer from 0 to 4294967295, got ${seed}`),
    );
  });

  it("throws a RangeError for draws that are neither independent nor consecutive", () => {
    const options = { batchSize: 2, numSteps: 3, seed: 0, draws: "both" as "independent" };
    expect(() => makeBatches(positions(100), options)).toThrow(
      new RangeError(`${name}: draws must be "independent" or "consecutive", got "both"`),
    );
  });
});

describe("isContinuation", () => {
  const continuations = (makeBatches: typeof randomBatches, index: number): boolean[] =>
    Array.from(
      makeBatches(positions(300), { batchSize: 2, numSteps: 9, seed: 2 }).epoch(index),
      (b) => b.isContinuation,
    );

  it("of randomBatches is false in every batch", () => {
    expect(continuations(randomBatches, 0)).not.toContain(true);
  });

  it("of sequentialBatches is false in the first batch of every epoch, and true in all others", () => {
    for (const index of [0, 1, 2]) {
      const [first, ...others] = continuations(sequentialBatches, index);
      expect(first).toBe(false);
      expect(others.length).toBeGreaterThan(10);
      expect(others).not.toContain(false);
    }
  });
});

it("randomBatches draws the first tokens it drops, and every order of the subsequences, from the seed", () => {
  const starts = new Set<number>();
  const orders = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const [first, second] = randomBatches(positions(12), { batchSize: 1, numSteps: 4, seed }).epoch(0);
    starts.add(first!.inputs[0]! % 4);
    orders.add(`${first!.inputs[0]! < second!.inputs[0]!}`);
  }
  expect(starts).toEqual(new Set([0, 1, 2, 3]));
  expect(orders.size).toBe(2);
});
