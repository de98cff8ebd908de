import { batchesContract } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repeatedEpochs, scoringBatches } from "../src/index.ts";

batchesContract("scoringBatches", (corpus, options) => repeatedEpochs(scoringBatches(corpus, options)), {
  isRandom: false,
});

const positions = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);
const plan = (length: number, options: { numSteps: number; batchSize?: number }) =>
  Array.from(scoringBatches(positions(length), options), ({ targets, shape, isContinuation }) => ({
    targets: [...targets],
    shape: shape.join("x"),
    isContinuation,
  }));

describe("scoringBatches", () => {
  it("every token but the first is a target exactly once, in order within each row", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 200 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (length, batchSize, numSteps) => {
          const batches = [...scoringBatches(positions(length), { batchSize, numSteps })];
          const targets = batches.flatMap((batch) => [...batch.targets]).sort((a, b) => a - b);
          expect(targets).toEqual([...positions(length).subarray(1)]);
        },
      ),
    );
  });

  it("one row carries the state through the whole stream, the default", () => {
    expect(plan(8, { numSteps: 3 })).toEqual([
      { targets: [1, 2, 3], shape: "1x3", isContinuation: false },
      { targets: [4, 5, 6], shape: "1x3", isContinuation: true },
      { targets: [7], shape: "1x1", isContinuation: true },
    ]);
  });

  it("rows that divide the targets end in a batch of fewer steps", () => {
    expect(plan(11, { numSteps: 3, batchSize: 2 })).toEqual([
      { targets: [1, 2, 3, 6, 7, 8], shape: "2x3", isContinuation: false },
      { targets: [4, 5, 9, 10], shape: "2x2", isContinuation: true },
    ]);
  });

  it("targets that do not divide among the rows come last, in a row of their own with a fresh state", () => {
    expect(plan(12, { numSteps: 2, batchSize: 4 })).toEqual([
      { targets: [1, 2, 3, 4, 5, 6, 7, 8], shape: "4x2", isContinuation: false },
      { targets: [9, 10], shape: "1x2", isContinuation: false },
      { targets: [11], shape: "1x1", isContinuation: true },
    ]);
  });

  it("a stream with fewer targets than rows is one row", () => {
    expect(plan(3, { numSteps: 5, batchSize: 4 })).toEqual([{ targets: [1, 2], shape: "1x2", isContinuation: false }]);
  });

  it.each([0, 1])("throws a RangeError for a corpus of %s tokens", (length) => {
    expect(() => scoringBatches(positions(length), { numSteps: 5 })).toThrow(
      new RangeError(`scoringBatches: corpus must hold at least 2 tokens, got ${length}`),
    );
  });
});
