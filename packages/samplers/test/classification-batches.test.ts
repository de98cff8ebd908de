import { epochsContract } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { classificationBatches } from "../src/index.ts";

const inputs = Array.from({ length: 10 }, (_, i) => Array.from({ length: 1 + (i % 4) }, (_, j) => 10 * i + j));
const targets = inputs.map((_, i) => i % 3);

for (const bucketBatches of [1, 2]) {
  epochsContract(`classificationBatches with ${bucketBatches} batches a bucket`, (options) =>
    classificationBatches({ inputs, targets }, { ...options, padId: 0, bucketBatches }),
  );
}

describe("classificationBatches(examples, options)", () => {
  it("pads the inputs, says their lengths, and gives a class to each row", () => {
    const examples = { inputs: [[4, 5], [6], [7, 8, 9]], targets: Uint8Array.of(1, 0, 2) };
    expect([...classificationBatches(examples, { batchSize: 2, padId: -1 }).epoch(0)]).toEqual([
      {
        inputs: Int32Array.of(4, 5, 6, -1),
        targets: Int32Array.of(1, 0),
        shape: [2, 2],
        lengths: Int32Array.of(2, 1),
        indices: Int32Array.of(0, 1),
        isContinuation: false,
      },
      {
        inputs: Int32Array.of(7, 8, 9),
        targets: Int32Array.of(2),
        shape: [1, 3],
        lengths: Int32Array.of(3),
        indices: Int32Array.of(2),
        isContinuation: false,
      },
    ]);
  });

  it("cuts and pads to the length that is given", () => {
    const examples = { inputs: [[4, 5], [6], [7, 8, 9]], targets: [1, 0, 2] };
    const [batch] = classificationBatches(examples, { batchSize: 3, padId: 0, length: 2 }).epoch(0);
    expect([batch!.inputs, batch!.lengths, batch!.shape]).toEqual([
      Int32Array.of(4, 5, 6, 0, 7, 8),
      Int32Array.of(2, 1, 2),
      [3, 2],
    ]);
  });

  it("keeps each class with its input, shuffled and bucketed", () => {
    const epoch = classificationBatches(
      { inputs, targets },
      { batchSize: 3, padId: 0, seed: 5, bucketBatches: 2 },
    ).epoch(2);
    const seen = Array.from(epoch, ({ inputs: rows, targets: classes, shape, lengths, indices }) =>
      Array.from(indices, (i, row) => {
        expect([...rows.subarray(row * shape[1], row * shape[1] + lengths[row]!)]).toEqual(inputs[i]);
        expect(classes[row]).toBe(targets[i]);
        return i;
      }),
    );
    expect(seen.flat().sort((a, b) => a - b)).toEqual(inputs.map((_, i) => i));
  });

  it.each([
    [{ inputs: [], targets: [] }, {}, "examples must not be empty, got none"],
    [{ inputs: [[1], []], targets: [0, 0] }, {}, "inputs[1] must hold at least 1 id, got 0"],
    [{ inputs: [[1], [2]], targets: [0] }, {}, "inputs and targets must be equally many, got 2 and 1"],
    [{ inputs: [[1]], targets: [-1] }, {}, "targets[0] must be a non-negative 32-bit integer, got -1"],
    [{ inputs: [[1]], targets: [0.5] }, {}, "targets[0] must be a non-negative 32-bit integer, got 0.5"],
    [{ inputs: [[1]], targets: [0] }, { batchSize: 2 }, "batchSize must be at most the number of examples, 1, got 2"],
    [{ inputs: [[1]], targets: [0] }, { length: 1.5 }, "length must be a positive integer, got 1.5"],
    [{ inputs: [[1]], targets: [0] }, { padId: 0.5 }, "padId must be a 32-bit integer, got 0.5"],
  ])("throws a RangeError for %j and %j", (examples, options, message) => {
    expect(() => classificationBatches(examples, { batchSize: 1, padId: 0, ...options })).toThrow(
      new RangeError(`classificationBatches: ${message}`),
    );
  });

  it.each([
    [{ inputs: [[1]], targets: "0" }, "targets must be an array of classes, got String"],
    [{ inputs: [[1]] }, "targets must be an array of classes, got Undefined"],
    [{ inputs: [1], targets: [0] }, "inputs[0] must be an array of ids, got Number"],
  ])("throws a TypeError for %j", (examples, message) => {
    const given = examples as unknown as { inputs: number[][]; targets: number[] };
    expect(() => classificationBatches(given, { batchSize: 1, padId: 0 })).toThrow(
      new TypeError(`classificationBatches: ${message}`),
    );
  });
});
