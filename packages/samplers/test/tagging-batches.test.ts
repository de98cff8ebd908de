import { epochsContract } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { taggingBatches } from "../src/index.ts";

const inputs = Array.from({ length: 10 }, (_, i) => Array.from({ length: 1 + (i % 4) }, (_, j) => 10 * i + j));
const targets = inputs.map((ids) => ids.map((id) => id + 1000));

for (const bucketBatches of [1, Infinity]) {
  epochsContract(`taggingBatches with ${bucketBatches} batches a bucket`, (options) =>
    taggingBatches({ inputs, targets }, { ...options, padId: 0, bucketBatches }),
  );
}

describe("taggingBatches(examples, options)", () => {
  it("pads the inputs, and the tags with the id to ignore, -100", () => {
    const examples = { inputs: [[4, 5, 6], [7]], targets: [[1, 0, 2], [3]] };
    expect([...taggingBatches(examples, { batchSize: 2, padId: 9 }).epoch(0)]).toEqual([
      {
        inputs: Int32Array.of(4, 5, 6, 7, 9, 9),
        targets: Int32Array.of(1, 0, 2, 3, -100, -100),
        shape: [2, 3],
        lengths: Int32Array.of(3, 1),
        indices: Int32Array.of(0, 1),
        isContinuation: false,
        features: {},
      },
    ]);
  });

  it("pads the features of the inputs with 0", () => {
    const features = { suffix: [[7, 8, 9], [5]], shape: [[1, 2, 1], [2]] };
    const examples = { inputs: [[4, 5, 6], [7]], targets: [[1, 0, 2], [3]], features };
    const [batch] = taggingBatches(examples, { batchSize: 2, padId: 9 }).epoch(0);
    expect(batch!.features).toEqual({
      suffix: Int32Array.of(7, 8, 9, 5, 0, 0),
      shape: Int32Array.of(1, 2, 1, 2, 0, 0),
    });
    const shorter = { ...examples, features: { suffix: [[7, 8], [5]] } };
    expect(() => taggingBatches(shorter, { batchSize: 2, padId: 9 })).toThrow(
      "taggingBatches: features.suffix[0] must hold one for each of 3 ids, got 2",
    );
  });

  it("cuts and pads both to the length that is given, with the ignoreId that is given", () => {
    const examples = { inputs: [[4, 5, 6], [7]], targets: [[1, 0, 2], [3]] };
    const [batch] = taggingBatches(examples, { batchSize: 2, padId: 9, ignoreId: -1, length: 2 }).epoch(0);
    expect([batch!.inputs, batch!.targets]).toEqual([Int32Array.of(4, 5, 7, 9), Int32Array.of(1, 0, 3, -1)]);
  });

  it("keeps each tag with its input, and marks as ignored what is padding and nothing else", () => {
    const options = { batchSize: 3, padId: -1, seed: 8, bucketBatches: 2, draws: "consecutive" as const };
    const seen = Array.from(taggingBatches({ inputs, targets }, options).epoch(1), (batch) => {
      batch.inputs.forEach((id, cell) => expect(batch.targets[cell]).toBe(id === -1 ? -100 : id + 1000));
      return [...batch.inputs].filter((id) => id !== -1);
    });
    expect(seen.flat().sort((a, b) => a - b)).toEqual(inputs.flat());
  });

  it("of lines less their last and their first id is a language model's batch of separate lines", () => {
    const lines = [
      [1, 4, 5, 2],
      [1, 6, 2],
    ];
    const examples = { inputs: lines.map((ids) => ids.slice(0, -1)), targets: lines.map((ids) => ids.slice(1)) };
    const [batch] = taggingBatches(examples, { batchSize: 2, padId: 0 }).epoch(0);
    expect([batch!.inputs, batch!.targets]).toEqual([
      Int32Array.of(1, 4, 5, 1, 6, 0),
      Int32Array.of(4, 5, 2, 6, 2, -100),
    ]);
  });

  it.each([
    [{ inputs: [], targets: [] }, {}, "examples must not be empty, got none"],
    [{ inputs: [[]], targets: [[]] }, {}, "inputs[0] must hold at least 1 id, got 0"],
    [{ inputs: [[1]], targets: [] }, {}, "inputs and targets must be equally many, got 1 and 0"],
    [{ inputs: [[1], [2, 3]], targets: [[1], [2]] }, {}, "targets[1] must hold one for each of 2 ids, got 1"],
    [{ inputs: [[1]], targets: [[1]] }, { batchSize: 2 }, "batchSize must be at most the number of examples, 1, got 2"],
    [{ inputs: [[1]], targets: [[1]] }, { ignoreId: 2 ** 40 }, "ignoreId must be a 32-bit integer, got 1099511627776"],
  ])("throws a RangeError for %j and %j", (examples, options, message) => {
    expect(() => taggingBatches(examples, { batchSize: 1, padId: 0, ...options })).toThrow(
      new RangeError(`taggingBatches: ${message}`),
    );
  });
});
