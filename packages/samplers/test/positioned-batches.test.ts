import { describe, expect, it } from "vitest";
import { positionedBatches, repeatedEpochs, scoringBatches, sequentialBatches } from "../src/index.ts";

/** Epochs of different lengths: 2, 1, 3, 2, 1, 3, ... batches. */
const batches = {
  epoch: (index: number) => Array.from({ length: [2, 1, 3][index % 3]! }, (_, i) => `${index}.${i}`),
};
const contents = (options: Parameters<typeof positionedBatches>[1]) =>
  Array.from(positionedBatches(batches, options), ({ batch }) => batch);

describe("positionedBatches(batches, options)", () => {
  it("goes through numEpochs epochs, and says where each batch is and what comes next", () => {
    expect([...positionedBatches(batches, { numEpochs: 2 })]).toEqual([
      { batch: "0.0", position: { epoch: 0, batch: 0 }, next: { epoch: 0, batch: 1 } },
      { batch: "0.1", position: { epoch: 0, batch: 1 }, next: { epoch: 1, batch: 0 } },
      { batch: "1.0", position: { epoch: 1, batch: 0 }, next: { epoch: 2, batch: 0 } },
    ]);
  });

  it.each([
    [{ epoch: 0, batch: 1 }, ["0.1", "1.0", "2.0", "2.1", "2.2"]],
    [{ epoch: 2, batch: 2 }, ["2.2"]],
    [{ epoch: 3, batch: 0 }, []],
  ])("from %j to the end of 3 epochs has %j", (start, expected) => {
    expect(contents({ start, numEpochs: 3 })).toEqual(expected);
  });

  it("without numEpochs has no end, and each iteration begins at the start again", () => {
    const run = positionedBatches(batches, { start: { epoch: 100, batch: 0 } });
    for (let times = 0; times < 2; times++) {
      const seen = [];
      for (const { batch } of run) if (seen.push(batch) === 5) break;
      expect(seen).toEqual(["100.0", "101.0", "101.1", "101.2", "102.0"]);
    }
  });

  it("repeats one epoch by way of repeatedEpochs", () => {
    const scoring = scoringBatches(Int32Array.of(0, 1, 2), { numSteps: 1 });
    const targets = Array.from(positionedBatches(repeatedEpochs(scoring), { numEpochs: 2 }), ({ batch }) => [
      ...batch.targets,
    ]);
    expect(targets).toEqual([[1], [2], [1], [2]]);
  });

  it("from the middle of a sequential epoch begins with a continuation, for a state that was saved as well", () => {
    const sequential = sequentialBatches(new Int32Array(100), { batchSize: 2, numSteps: 5, seed: 0 });
    const [first] = positionedBatches(sequential, { start: { epoch: 4, batch: 2 } });
    expect(first!.batch.isContinuation).toBe(true);
  });

  it.each([
    [{ numEpochs: 0 }, "numEpochs must be a positive integer or Infinity, got 0"],
    [{ numEpochs: NaN }, "numEpochs must be a positive integer or Infinity, got NaN"],
    [{ start: { epoch: -1, batch: 0 } }, "start.epoch must be a non-negative integer, got -1"],
    [{ start: { epoch: 0, batch: 0.5 } }, "start.batch must be a non-negative integer, got 0.5"],
    [{ start: { epoch: 3, batch: 0 }, numEpochs: 2 }, "start.epoch must be at most numEpochs, 2, got 3"],
    [{ start: { epoch: 1, batch: 1 } }, "start.batch must be 0 or below the number of batches, 1, got 1"],
    [{ start: { epoch: 2, batch: 1 }, numEpochs: 2 }, "start.batch must be 0 or below the number of batches, 0, got 1"],
    [{ start: {} }, "start.epoch must be a non-negative integer, got undefined"],
  ])("throws a RangeError for %j", (options, message) => {
    expect(() => positionedBatches(batches, options as object)).toThrow(
      new RangeError(`positionedBatches: ${message}`),
    );
  });

  it("throws a RangeError at an epoch without batches, rather than look for one for ever", () => {
    const run = positionedBatches({ epoch: (index) => (index === 0 ? ["only"] : []) });
    expect(() => [...run]).toThrow(new RangeError("positionedBatches: batches must not be empty, got none in epoch 1"));
  });
});
