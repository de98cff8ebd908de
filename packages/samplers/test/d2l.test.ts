import { mersenneTwister } from "@rnnkit/random";
import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { plannedEpoch, randomPartition, sequentialPartition } from "../src/index.ts";

interface Case {
  readonly sampler: "seq_data_iter_random" | "seq_data_iter_sequential";
  readonly length: number;
  readonly batchSize: number;
  readonly numSteps: number;
  readonly seed: number;
  readonly batches: readonly { readonly inputs: readonly number[]; readonly targets: readonly number[] }[];
}

const { source, cases } = golden<readonly Case[]>(import.meta.url, "d2l");
const partitions = { seq_data_iter_random: randomPartition, seq_data_iter_sequential: sequentialPartition };

describe.each(Object.keys(partitions) as (keyof typeof partitions)[])(`%s of ${source}`, (sampler) => {
  it.each(cases.filter((golden) => golden.sampler === sampler))(
    `${partitions[sampler].name}(generator, $length, options) equals it: seed $seed, options $batchSize, $numSteps`,
    ({ length, seed, batchSize, numSteps, batches }) => {
      const corpus = Int32Array.from({ length }, (_, i) => i);
      const plans = partitions[sampler](mersenneTwister(seed), length, { batchSize, numSteps });
      const epoch = plannedEpoch(corpus, plans);
      expect(Array.from(epoch, ({ inputs, targets }) => ({ inputs: [...inputs], targets: [...targets] }))).toEqual(
        batches,
      );
      expect(Array.from(epoch, ({ isContinuation }) => isContinuation)).toEqual(
        batches.map((_, i) => sampler === "seq_data_iter_sequential" && i > 0),
      );
    },
  );
});

describe.each([randomPartition, sequentialPartition])("$name", (partition) => {
  it("has 8 batches for the book's 10000 tokens, batchSize 32 and numSteps 35, whatever is drawn", () => {
    for (let seed = 0; seed < 200; seed++) {
      expect(partition(mersenneTwister(seed), 10_000, { batchSize: 32, numSteps: 35 })).toHaveLength(8);
    }
  });

  it.each([0, 1, 2])("has no batch for %s tokens, batchSize 2 and numSteps 2", (length) => {
    for (let seed = 0; seed < 20; seed++) {
      expect(partition(mersenneTwister(seed), length, { batchSize: 2, numSteps: 2 })).toEqual([]);
    }
  });

  it.each([
    [{ batchSize: 0, numSteps: 1 }, "batchSize must be a positive integer, got 0"],
    [{ batchSize: 1, numSteps: 2.5 }, "numSteps must be a positive integer, got 2.5"],
  ])("throws a RangeError for %j", (options, message) => {
    expect(() => partition(mersenneTwister(0), 10, options)).toThrow(new RangeError(`${partition.name}: ${message}`));
  });
});
