import { epochsContract } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paddingShare, seq2seqBatches, type Seq2SeqBatch, type Seq2SeqOptions } from "../src/index.ts";

const padding = { source: { padId: -1 }, target: { padId: -2 } };
/** Pairs whose ids tell where they stand: source i holds 100 i, 100 i + 1, ...; so does its target. */
const pairsOf = (sizes: readonly (readonly [source: number, target: number])[]) => {
  const counting = (i: number, length: number) => Int32Array.from({ length }, (_, j) => 100 * i + j);
  return {
    sources: sizes.map(([length], i) => counting(i, length)),
    targets: sizes.map(([, length], i) => counting(i, length)),
  };
};
const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 9 }));
const optionsAbove = (minSize: number) =>
  fc.record({
    size: fc.array(sizes, { minLength: minSize, maxLength: 40 }),
    batchSize: fc.integer({ min: 1, max: minSize }),
    seed: fc.option(fc.nat(), { nil: undefined }),
    bucketBatches: fc.constantFrom(1, 2, 3, Infinity),
    sourceLength: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
    targetLength: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
  });
const toOptions = ({
  batchSize,
  seed,
  bucketBatches,
  sourceLength,
  targetLength,
}: {
  batchSize: number;
  seed: number | undefined;
  bucketBatches: number;
  sourceLength: number | undefined;
  targetLength: number | undefined;
}): Seq2SeqOptions => ({
  batchSize,
  bucketBatches,
  ...(seed !== undefined && { seed }),
  source: { padId: -1, ...(sourceLength !== undefined && { length: sourceLength }) },
  target: { padId: -2, ...(targetLength !== undefined && { length: targetLength }) },
});

for (const bucketBatches of [1, 2, Infinity]) {
  epochsContract(`seq2seqBatches with ${bucketBatches} batches a bucket`, (options) =>
    seq2seqBatches(pairsOf(Array.from({ length: 20 }, (_, i) => [1 + (i % 7), 2 + (i % 5)])), {
      ...options,
      ...padding,
      bucketBatches,
    }),
  );
}

function expectPadded(rows: Int32Array, expected: { shape: readonly [number, number]; padId: number; of: number[][] }) {
  const { shape, padId, of } = expected;
  expect(shape[0]).toBe(of.length);
  const padded = of.flatMap((ids) => Array.from({ length: shape[1] }, (_, j) => (j < ids.length ? ids[j]! : padId)));
  expect([...rows]).toEqual(padded);
}

describe("seq2seqBatches(pairs, options)", () => {
  it("pads to the longest of the batch, and has each target follow its input", () => {
    const pairs = {
      sources: [[5, 6, 7], [8]],
      targets: [
        [1, 9, 2],
        [1, 9, 8, 7, 2],
      ],
    };
    expect([...seq2seqBatches(pairs, { batchSize: 2, source: { padId: 0 }, target: { padId: 3 } }).epoch(0)]).toEqual([
      {
        sources: Int32Array.of(5, 6, 7, 8, 0, 0),
        sourceShape: [2, 3],
        sourceLengths: Int32Array.of(3, 1),
        inputs: Int32Array.of(1, 9, 2, 3, 1, 9, 8, 7),
        targets: Int32Array.of(9, 2, 3, 3, 9, 8, 7, 2),
        shape: [2, 4],
        lengths: Int32Array.of(2, 4),
        indices: Int32Array.of(0, 1),
        isContinuation: false,
      },
    ]);
  });

  it("cuts and pads to the lengths that are given, of sources and of targets", () => {
    const options = { batchSize: 1, source: { padId: -1, length: 2 }, target: { padId: -2, length: 3 } };
    const [first, second] = seq2seqBatches(
      pairsOf([
        [1, 2],
        [3, 9],
      ]),
      options,
    ).epoch(0);
    const columns = ({ sources, inputs, targets }: Seq2SeqBatch) => [sources, inputs, targets].map((ids) => [...ids]);
    expect(columns(first!)).toEqual([
      [0, -1],
      [0, 1, -2],
      [1, -2, -2],
    ]);
    expect(columns(second!)).toEqual([
      [100, 101],
      [100, 101, 102],
      [101, 102, 103],
    ]);
    expect([second!.sourceLengths[0], second!.lengths[0]]).toEqual([2, 3]);
  });

  it("has every pair once in an epoch, side by side, padded behind its valid length, whatever the options", () => {
    fc.assert(
      fc.property(optionsAbove(5), (drawn) => {
        const pairs = pairsOf(drawn.size);
        const options = toOptions(drawn);
        const seen: number[] = [];
        const epoch = seq2seqBatches(pairs, options).epoch(1);
        for (const batch of epoch) {
          const indices = [...batch.indices];
          seen.push(...indices);
          const sources = indices.map((i) => [...pairs.sources[i]!].slice(0, options.source.length));
          expectPadded(batch.sources, { shape: batch.sourceShape, padId: -1, of: sources });
          expect([...batch.sourceLengths]).toEqual(sources.map((ids) => ids.length));
          const targets = indices.map((i) => [...pairs.targets[i]!].slice(1, (options.target.length ?? 99) + 1));
          expectPadded(batch.targets, { shape: batch.shape, padId: -2, of: targets });
          expect([...batch.lengths]).toEqual(targets.map((ids) => ids.length));
          const inputs = indices.map((i) => [...pairs.targets[i]!].slice(0, batch.shape[1]));
          expectPadded(batch.inputs, { shape: batch.shape, padId: -2, of: inputs });
          const [numRows, numColumns] = batch.shape;
          for (let row = 0; row < numRows; row++) {
            const [first, end] = [row * numColumns, (row + 1) * numColumns];
            expect(batch.targets.subarray(first, end - 1)).toEqual(batch.inputs.subarray(first + 1, end));
          }
          expect(batch.sourceShape[1]).toBe(options.source.length ?? Math.max(...batch.sourceLengths));
          expect(batch.shape[1]).toBe(options.target.length ?? Math.max(...batch.lengths));
        }
        expect(seen.sort((a, b) => a - b)).toEqual(drawn.size.map((_, i) => i));
        expect(epoch.length).toBe(Math.ceil(drawn.size.length / options.batchSize));
      }),
    );
  });

  it("with { hasPartialBatch: false } has full batches only, and leaves out pairs of any length, in turn", () => {
    const pairs = pairsOf(Array.from({ length: 11 }, (_, i) => [i + 1, 2]));
    const options = { batchSize: 4, seed: 3, hasPartialBatch: false, bucketBatches: Infinity, ...padding };
    const batches = seq2seqBatches(pairs, options);
    const leftOut = new Set<number>();
    for (let index = 0; index < 40; index++) {
      const indices = Array.from(batches.epoch(index), (batch) => [...batch.indices]);
      expect(indices.map((rows) => rows.length)).toEqual([4, 4]);
      const used = new Set(indices.flat());
      expect(used.size).toBe(8);
      for (let i = 0; i < 11; i++) if (!used.has(i)) leftOut.add(i);
    }
    expect(leftOut.size).toBe(11);
  });

  it("copies the pairs: what is done to them later does not show", () => {
    const pairs = pairsOf([
      [2, 3],
      [4, 2],
    ]);
    const batches = seq2seqBatches(pairs, { batchSize: 2, ...padding });
    const before = [...batches.epoch(0)];
    for (const ids of [...pairs.sources, ...pairs.targets]) ids.fill(7);
    expect([...batches.epoch(0)]).toEqual(before);
  });

  const one = { sources: [[1]], targets: [[1, 2]] };
  it.each([
    [{ sources: [], targets: [] }, {}, "examples must not be empty, got none"],
    [{ ...one, targets: [] }, {}, "sources and targets must be equally many, got 1 and 0"],
    [{ ...one, sources: [[]] }, {}, "sources[0] must hold at least 1 id, got 0"],
    [{ ...one, targets: [[1]] }, {}, "targets[0] must hold at least 2 ids, got 1"],
    [{ ...one, sources: [[1.5]] }, {}, "sources[0] must hold 32-bit integers, got 1.5"],
    [{ ...one, targets: [[1, 2 ** 31]] }, {}, "targets[0] must hold 32-bit integers, got 2147483648"],
    [one, { batchSize: 2 }, "batchSize must be at most the number of examples, 1, got 2"],
    [one, { batchSize: 0 }, "batchSize must be a positive integer, got 0"],
    [one, { bucketBatches: 0 }, "bucketBatches must be a positive integer or Infinity, got 0"],
    [one, { source: { padId: 0, length: 0 } }, "source.length must be a positive integer, got 0"],
    [one, { target: { padId: NaN } }, "target.padId must be a 32-bit integer, got NaN"],
    [one, { seed: 1.5 }, "seed must be an integer from 0 to 4294967295, got 1.5"],
  ])("throws a RangeError for the pairs %j and %j", (pairs, options, message) => {
    expect(() => seq2seqBatches(pairs, { batchSize: 1, ...padding, ...options })).toThrow(
      new RangeError(`seq2seqBatches: ${message}`),
    );
  });

  it.each([
    [{ ...one, sources: "text" }, "sources must be an array, got String"],
    [{ ...one, sources: ["text"] }, "sources[0] must be an array of ids, got String"],
    [{ ...one, targets: [null] }, "targets[0] must be an array of ids, got Null"],
    [{ ...one, targets: [7] }, "targets[0] must be an array of ids, got Number"],
  ])("throws a TypeError for the pairs %j", (pairs, message) => {
    expect(() => seq2seqBatches(pairs as unknown as typeof one, { batchSize: 1, ...padding })).toThrow(
      new TypeError(`seq2seqBatches: ${message}`),
    );
  });
});

describe("bucketing", () => {
  it("over the whole epoch orders pairs by the source, then by the target, upwards and downwards in turn", () => {
    const sizesInOrder = [
      [1, 3],
      [1, 6],
      [2, 7],
      [2, 5],
      [2, 4],
      [3, 2],
      [3, 9],
      [4, 8],
    ] as const;
    const order = [5, 0, 7, 2, 4, 1, 6, 3];
    const pairs = pairsOf(order.map((place) => sizesInOrder[place]!));
    const batches = seq2seqBatches(pairs, { batchSize: 2, bucketBatches: Infinity, ...padding });
    expect(Array.from(batches.epoch(0), ({ indices }) => Array.from(indices, (i) => order[i]))).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
      [6, 7],
    ]);
  });

  it("keeps the order of pairs that are of the same lengths", () => {
    const pairs = pairsOf([
      [2, 3],
      [1, 2],
      [2, 3],
      [1, 2],
    ]);
    const batches = seq2seqBatches(pairs, { batchSize: 2, bucketBatches: 2, ...padding });
    expect(Array.from(batches.epoch(0), ({ indices }) => [...indices])).toEqual([
      [1, 3],
      [0, 2],
    ]);
  });

  it("with a seed draws both what is in a batch and the order of the batches", () => {
    const pairs = pairsOf(Array.from({ length: 12 }, (_, i) => [1 + (i % 3), 2]));
    const batches = seq2seqBatches(pairs, { batchSize: 2, seed: 1, bucketBatches: 3, ...padding });
    const contents = new Set<string>();
    const firstLengths = new Set<number>();
    for (let index = 0; index < 60; index++) {
      const epoch = batches.epoch(index);
      for (const { indices } of epoch) contents.add(indices.join());
      firstLengths.add(epoch.at(0)!.sourceLengths[0]!);
    }
    expect(contents.size).toBeGreaterThan(40);
    expect(firstLengths).toEqual(new Set([1, 2, 3]));
  });

  it("over the whole epoch never pads sources more than another grouping into full batches", () => {
    const length = fc.integer({ min: 1, max: 30 });
    const fours = fc.array(fc.tuple(length, length, length, length), { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(fours, fc.nat(), (lengths, seed) => {
        const pairs = pairsOf(lengths.flat().map((each) => [each, 2]));
        const share = (bucketBatches: number) =>
          paddingShare(seq2seqBatches(pairs, { batchSize: 4, seed, bucketBatches, ...padding }).epoch(0));
        expect(share(Infinity)).toBeLessThanOrEqual(share(1) + 1e-12);
      }),
    );
  });
});

describe("paddingShare(batches)", () => {
  it.each([
    ["no padding", [{ shape: [2, 3], lengths: [3, 3] }], 0],
    ["half", [{ shape: [2, 2], lengths: [1, 1] }], 0.5],
    [
      "cells, not batches, summed",
      [
        { shape: [1, 9], lengths: [9] },
        { shape: [1, 1], lengths: [1] },
      ],
      0,
    ],
    ["sources and targets together", [{ shape: [1, 4], lengths: [2], sourceShape: [1, 4], sourceLengths: [4] }], 0.25],
  ])("counts %s", (_, batches, expected) => {
    const typed = batches.map((batch) => ({
      ...batch,
      lengths: Int32Array.from(batch.lengths),
      ...("sourceLengths" in batch && { sourceLengths: Int32Array.from(batch.sourceLengths!) }),
    }));
    expect(paddingShare(typed as unknown as Parameters<typeof paddingShare>[0])).toBeCloseTo(expected, 12);
  });

  it("throws a RangeError where there is no batch", () => {
    expect(() => paddingShare([])).toThrow(new RangeError("paddingShare: batches must not be empty, got none"));
  });
});
