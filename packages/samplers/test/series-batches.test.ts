import { epochsContract } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seriesBatches, type SeriesOptions } from "../src/index.ts";

const ramp = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => i);

epochsContract("seriesBatches", (options) => seriesBatches(ramp(40), { ...options, order: 4, horizon: 2 }));
epochsContract("seriesBatches without a seed", ({ batchSize }) => seriesBatches(ramp(40), { batchSize, order: 4 }), {
  isRandom: false,
});

/** inputs -> targets of each window of a series in which a value is its own time step. */
const windows = (length: number, options: Omit<SeriesOptions, "batchSize">) =>
  Array.from(
    seriesBatches(ramp(length), { ...options, batchSize: 1 }).epoch(0),
    ({ inputs, targets }) => `${inputs.join(" ")} -> ${targets.join(" ")}`,
  );

describe("seriesBatches(series, options)", () => {
  it.each([
    ["one step ahead", 5, { order: 3 }, ["0 1 2 -> 3", "1 2 3 -> 4"]],
    ["the next two steps", 6, { order: 3, horizon: 2 }, ["0 1 2 -> 3 4", "1 2 3 -> 4 5"]],
    ["the second step alone", 6, { order: 3, horizon: 2, numTargets: 1 }, ["0 1 2 -> 4", "1 2 3 -> 5"]],
    ["the input shifted by one", 5, { order: 3, numTargets: 3 }, ["0 1 2 -> 1 2 3", "1 2 3 -> 2 3 4"]],
    ["a stride", 8, { order: 2, stride: 3 }, ["0 1 -> 2", "3 4 -> 5"]],
    ["a stride that just fits", 9, { order: 2, stride: 3 }, ["0 1 -> 2", "3 4 -> 5", "6 7 -> 8"]],
    ["the shortest series", 2, { order: 1 }, ["0 -> 1"]],
  ])("predicts %s", (_, length, options, expected) => {
    expect(windows(length, options)).toEqual(expected);
  });

  it("takes [N, F] series, and the target features that are asked for", () => {
    const series = Float64Array.of(0, 0.5, 10, 1, 1.5, 11, 2, 2.5, 12, 3, 3.5, 13); // [4, 3]
    const options = { batchSize: 2, order: 2, numFeatures: 3 };
    expect([...seriesBatches(series, { ...options, targetFeatures: [2, 0] }).epoch(0)]).toEqual([
      {
        inputs: Float32Array.of(0, 0.5, 10, 1, 1.5, 11, 1, 1.5, 11, 2, 2.5, 12),
        targets: Float32Array.of(12, 2, 13, 3),
        shape: [2, 2, 3],
        targetShape: [2, 1, 2],
        indices: Int32Array.of(0, 1),
        isContinuation: false,
      },
    ]);
    const [all] = seriesBatches(series, { ...options, horizon: 2, batchSize: 1 }).epoch(0);
    expect([all!.targets, all!.targetShape]).toEqual([Float32Array.of(2, 2.5, 12, 3, 3.5, 13), [1, 2, 3]]);
  });

  it("has each window once in an epoch: the targets follow their inputs as the options say, whatever the seed", () => {
    const cases = fc
      .record({
        batchSize: fc.integer({ min: 1, max: 5 }),
        order: fc.integer({ min: 1, max: 6 }),
        horizon: fc.integer({ min: 1, max: 5 }),
        stride: fc.integer({ min: 1, max: 4 }),
        seed: fc.nat(),
      })
      .chain((each) =>
        fc.integer({ min: 1, max: each.order + each.horizon - 1 }).map((numTargets) => ({ ...each, numTargets })),
      );
    fc.assert(
      fc.property(cases, fc.nat({ max: 40 }), (options, extra) => {
        const { batchSize, order, horizon, numTargets, stride } = options;
        const length = order + horizon + (batchSize - 1) * stride + extra;
        const seen = [];
        for (const { inputs, targets, indices, shape } of seriesBatches(ramp(length), options).epoch(3)) {
          for (let row = 0; row < shape[0]; row++) {
            const start = indices[row]! * stride;
            seen.push(start);
            const end = start + order + horizon;
            expect([...inputs.subarray(row * order, (row + 1) * order)]).toEqual(
              [...ramp(end)].slice(start, start + order),
            );
            expect([...targets.subarray(row * numTargets, (row + 1) * numTargets)]).toEqual(
              [...ramp(end)].slice(end - numTargets),
            );
          }
        }
        const expected = [];
        for (let start = 0; start + order + horizon <= length; start += stride) expected.push(start);
        expect(seen.sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it.each([
    [{ batchSize: 6, order: 4, horizon: 2 }, "batchSize must be at most the number of windows, 5, got 6"],
    [{ batchSize: 1, order: 10 }, "batchSize must be at most the number of windows, 0, got 1"],
    [{ batchSize: 1, order: 0 }, "order must be a positive integer, got 0"],
    [{ batchSize: 1, order: 2, horizon: 1.5 }, "horizon must be a positive integer, got 1.5"],
    [{ batchSize: 1, order: 2, numTargets: 3 }, "numTargets must be below order + horizon, 3, got 3"],
    [{ batchSize: 1, order: 2, numFeatures: 4 }, "the length of series must be a multiple of numFeatures, 4, got 10"],
    [
      { batchSize: 1, order: 2, numFeatures: 2, targetFeatures: [2] },
      "targetFeatures must be integers from 0 to below numFeatures, 2, got 2",
    ],
    [{ batchSize: 1, order: 2, targetFeatures: [] }, "targetFeatures must not be empty, got none"],
  ])("throws a RangeError for 10 numbers and %j", (options, message) => {
    expect(() => seriesBatches(ramp(10), options)).toThrow(new RangeError(`seriesBatches: ${message}`));
  });

  it.each([
    [[1, 2, 3], "Array"],
    [new Int32Array(9), "Int32Array"],
    [null, "Null"],
  ])("throws a TypeError for the series %o", (series, type) => {
    expect(() => seriesBatches(series as unknown as Float32Array, { batchSize: 1, order: 1 })).toThrow(
      new TypeError(`seriesBatches: series must be a Float32Array or a Float64Array, got ${type}`),
    );
  });
});
