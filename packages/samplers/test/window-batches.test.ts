import { batchesContract } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windowBatches } from "../src/index.ts";

batchesContract("windowBatches", windowBatches, { hasOverlap: true });
batchesContract("windowBatches with stride T", (corpus, options) =>
  windowBatches(corpus, { ...options, stride: options.numSteps, draws: "consecutive" }),
);
batchesContract(
  "windowBatches without a seed",
  (corpus, { batchSize, numSteps }) => windowBatches(corpus, { batchSize, numSteps, stride: numSteps }),
  { isRandom: false },
);

const positions = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);
const starts = (corpus: Int32Array, options: Parameters<typeof windowBatches>[1]) =>
  Array.from(windowBatches(corpus, options).epoch(0), ({ inputs, shape: [rows, steps] }) =>
    Array.from({ length: rows }, (_, row) => inputs[row * steps]!),
  );

describe("windowBatches(corpus, options)", () => {
  it.each([
    [
      6,
      { batchSize: 2, numSteps: 2 },
      [
        [0, 1],
        [2, 3],
      ],
    ],
    [7, { batchSize: 2, numSteps: 2 }, [[0, 1], [2, 3], [4]]],
    [
      7,
      { batchSize: 2, numSteps: 2, hasPartialBatch: false },
      [
        [0, 1],
        [2, 3],
      ],
    ],
    [7, { batchSize: 2, numSteps: 2, stride: 2 }, [[0, 2], [4]]],
    [6, { batchSize: 1, numSteps: 2, stride: 2 }, [[0], [2]]],
    [7, { batchSize: 2, numSteps: 1, stride: 4 }, [[0, 4]]],
    [2, { batchSize: 1, numSteps: 1 }, [[0]]],
  ])("without a seed, of %i tokens and %j, has windows in order", (length, options, expected) => {
    expect(starts(positions(length), options)).toEqual(expected);
  });

  it("has every window of the stream once in an epoch, whatever the seed, and none is a continuation", () => {
    const cases = fc.record({
      batchSize: fc.integer({ min: 1, max: 6 }),
      numSteps: fc.integer({ min: 1, max: 6 }),
      stride: fc.integer({ min: 1, max: 6 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(cases, fc.nat({ max: 60 }), (options, extra) => {
        const corpus = positions(options.numSteps + options.stride * (options.batchSize - 1) + 1 + extra);
        const expected = [];
        for (let i = 0; i + options.numSteps < corpus.length; i += options.stride) expected.push(i);
        expect(
          starts(corpus, options)
            .flat()
            .sort((a, b) => a - b),
        ).toEqual(expected);
      }),
    );
  });

  it("of stride T without a seed tiles the stream: each token but the last few is an input once", () => {
    const epoch = windowBatches(positions(31), { batchSize: 2, numSteps: 5, stride: 5 }).epoch(0);
    expect(Array.from(epoch, ({ inputs }) => [...inputs]).flat()).toEqual([...positions(30)]);
    expect(Array.from(epoch, ({ targets }) => [...targets]).flat()).toEqual([...positions(31)].slice(1));
  });

  it.each([
    [{ batchSize: 5, numSteps: 6 }, "batchSize must be at most the number of windows, 4, got 5"],
    [{ batchSize: 1, numSteps: 10 }, "batchSize must be at most the number of windows, 0, got 1"],
    [{ batchSize: 1, numSteps: 11 }, "batchSize must be at most the number of windows, 0, got 1"],
    [{ batchSize: 1, numSteps: 2, stride: 0 }, "stride must be a positive integer, got 0"],
    [{ batchSize: 1, numSteps: 2, seed: -1 }, "seed must be an integer from 0 to 4294967295, got -1"],
  ])("throws a RangeError for 10 tokens and %j", (options, message) => {
    expect(() => windowBatches(positions(10), options)).toThrow(new RangeError(`windowBatches: ${message}`));
  });
});
