import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { seq2seqBatches, windowBatches } from "../src/index.ts";

type Matrix = number[][];

interface WindowCase {
  readonly batchSize: number;
  readonly numSteps: number;
  readonly numTrain: number;
  readonly numValidation: number;
  readonly seed: number;
  readonly corpus: number[];
  readonly train: [inputs: Matrix, targets: Matrix][][];
  readonly validation: [inputs: Matrix, targets: Matrix][];
}

type TranslationArrays = [sources: Matrix, inputs: Matrix, sourceLengths: number[], targets: Matrix];

interface TranslationCase {
  readonly batchSize: number;
  readonly numSteps: number;
  readonly seed: number;
  readonly sourcePadId: number;
  readonly targetPadId: number;
  readonly numTrain: number;
  readonly sources: number[][];
  readonly targets: number[][];
  readonly train: TranslationArrays[][];
  readonly validation: TranslationArrays[];
}

const { source, cases } = golden<{ windows: WindowCase[]; translation: TranslationCase[] }>(
  import.meta.url,
  "d2l-loaders",
);

function rows(array: Int32Array, [numRows, numColumns]: readonly [number, number]): Matrix {
  return Array.from({ length: numRows }, (_, row) => [...array.subarray(row * numColumns, (row + 1) * numColumns)]);
}

describe(`the loaders of ${source}`, () => {
  it.each(cases.windows)(
    "windowBatches(corpus, options) equals TimeMachine: $numTrain and $numValidation windows, $batchSize by $numSteps",
    ({ batchSize, numSteps, numTrain, numValidation, seed, corpus, train, validation }) => {
      const windows = (first: number, end: number) => Int32Array.from(corpus.slice(first, end + numSteps));
      const contents = (batches: ReturnType<typeof windowBatches>, index: number) =>
        Array.from(batches.epoch(index), ({ inputs, targets, shape }) => [rows(inputs, shape), rows(targets, shape)]);
      const options = { batchSize, numSteps };
      const shuffled = windowBatches(windows(0, numTrain), { ...options, seed, draws: "consecutive" });
      expect(train.map((_, index) => contents(shuffled, index))).toEqual(train);
      const end = Math.min(numTrain + numValidation, corpus.length - numSteps);
      const inOrder = windowBatches(windows(numTrain, end), {
        numSteps,
        batchSize: Math.min(batchSize, end - numTrain),
      });
      expect(contents(inOrder, 7)).toEqual(validation);
    },
  );

  it("windowBatches(corpus, options) has the book's 10 batches of training, the last of 784 windows, and 5 of validation", () => {
    const corpus = new Int32Array(173_428);
    const options = { batchSize: 1024, numSteps: 32 };
    const train = windowBatches(corpus.subarray(0, 10_000 + 32), { ...options, seed: 0 }).epoch(0);
    expect([train.length, train.at(0)!.shape, train.at(-1)!.shape]).toEqual([10, [1024, 32], [784, 32]]);
    expect(windowBatches(corpus.subarray(10_000, 15_000 + 32), options).epoch(0)).toHaveLength(5);
  });

  it.each(cases.translation)(
    "seq2seqBatches(pairs, options) equals MTFraEng: batches of $batchSize, $numSteps steps",
    ({ batchSize, numSteps, seed, sourcePadId, targetPadId, numTrain, sources, targets, train, validation }) => {
      const source = { padId: sourcePadId, length: numSteps };
      const target = { padId: targetPadId, length: numSteps };
      const contents = (batches: ReturnType<typeof seq2seqBatches>, index: number) =>
        Array.from(batches.epoch(index), (batch) => [
          rows(batch.sources, batch.sourceShape),
          rows(batch.inputs, batch.shape),
          [...batch.sourceLengths],
          rows(batch.targets, batch.shape),
        ]);
      const shuffled = seq2seqBatches(
        { sources: sources.slice(0, numTrain), targets: targets.slice(0, numTrain) },
        { batchSize, seed, draws: "consecutive", source, target },
      );
      expect(train.map((_, index) => contents(shuffled, index))).toEqual(train);
      const inOrder = seq2seqBatches(
        { sources: sources.slice(numTrain), targets: targets.slice(numTrain) },
        { batchSize: Math.min(batchSize, 2), source, target },
      );
      expect(contents(inOrder, 0)).toEqual(validation);
    },
  );
});
