import { mersenneTwister } from "@rnnkit/random";
import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import {
  type Epoch,
  plannedEpoch,
  randomBatches,
  randomPartition,
  seq2seqBatches,
  sequentialBatches,
  sequentialPartition,
} from "../src/index.ts";

interface SamplerCase {
  readonly sampler: "seq_data_iter_random" | "seq_data_iter_sequential";
  readonly length: number;
  readonly batchSize: number;
  readonly numSteps: number;
  readonly seed: number;
  readonly epochs: readonly { readonly inputs: readonly number[]; readonly targets: readonly number[] }[][];
}

interface TranslationCase {
  readonly numSteps: number;
  readonly padId: number;
  readonly sources: number[][];
  readonly targets: number[][];
  readonly array: number[];
  readonly lengths: number[];
  readonly decoderInputs: number[];
}

const { source, cases } = golden<{ samplers: SamplerCase[]; translation: TranslationCase[] }>(
  import.meta.url,
  "d2l-samplers",
);
const samplers = {
  seq_data_iter_random: { partition: randomPartition, makeBatches: randomBatches },
  seq_data_iter_sequential: { partition: sequentialPartition, makeBatches: sequentialBatches },
};
const positions = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);
const contents = (epoch: Epoch) =>
  Array.from(epoch, ({ inputs, targets }) => ({ inputs: [...inputs], targets: [...targets] }));

describe.each(Object.keys(samplers) as (keyof typeof samplers)[])(`%s of ${source}`, (sampler) => {
  const { partition, makeBatches } = samplers[sampler];
  const ofSampler = cases.samplers.filter((golden) => golden.sampler === sampler);

  it.each(ofSampler)(
    `${partition.name}(generator, $length, options) equals it, epoch by epoch: seed $seed, options $batchSize, $numSteps`,
    ({ length, seed, batchSize, numSteps, epochs }) => {
      const generator = mersenneTwister(seed);
      for (const batches of epochs) {
        const epoch = plannedEpoch(positions(length), partition(generator, length, { batchSize, numSteps }));
        expect(contents(epoch)).toEqual(batches);
        expect(Array.from(epoch, ({ isContinuation }) => isContinuation)).toEqual(
          batches.map((_, i) => sampler === "seq_data_iter_sequential" && i > 0),
        );
      }
    },
  );

  it(`${makeBatches.name}(corpus, { draws: "consecutive" }) equals it in any order of the epochs`, () => {
    const longEnough = ofSampler.filter(({ length, batchSize, numSteps }) => length > (batchSize + 1) * numSteps);
    expect(longEnough.length).toBeGreaterThan(10);
    for (const { length, epochs, sampler: _, ...options } of longEnough) {
      const batches = makeBatches(positions(length), { ...options, draws: "consecutive" });
      for (const index of [1, 0, 1, 1, 0]) expect(contents(batches.epoch(index))).toEqual(epochs[index]);
    }
  });
});

it.each(cases.translation)(
  `seq2seqBatches(pairs, options) equals load_data_nmt and train_seq2seq of ${source}: $numSteps steps`,
  ({ numSteps, padId, sources, targets, array, lengths, decoderInputs }) => {
    const padding = { padId, length: numSteps };
    const batches = seq2seqBatches({ sources, targets }, { batchSize: 5, source: padding, target: padding });
    expect([...batches.epoch(0)]).toEqual([
      {
        sources: Int32Array.from(array),
        sourceLengths: Int32Array.from(lengths),
        sourceShape: [5, numSteps],
        inputs: Int32Array.from(decoderInputs),
        targets: Int32Array.from(array),
        lengths: Int32Array.from(lengths),
        shape: [5, numSteps],
        indices: positions(5),
        isContinuation: false,
      },
    ]);
  },
);

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
