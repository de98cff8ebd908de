import type { Batches } from "../batches.ts";
import { exampleEpochs } from "../example-epochs.ts";
import { checkExampleOptions, type ExampleOptions } from "../example-options.ts";
import { maximum } from "../maximum.ts";
import type { SequenceBatch } from "./sequence-batch.ts";

/** How examples that are sequences are grouped into batches. */
export interface SequenceOptions extends ExampleOptions {
  /**
   * So many batches' worth of examples, shuffled, are sorted by length and then cut into batches, which are shuffled again:
   * more pads less and mixes less. Default 1, no bucketing; Infinity sorts the whole epoch.
   */
  readonly bucketBatches?: number;
}

interface Sequences<B> {
  readonly caller: string;
  /** Of all examples. */
  readonly lengths: Int32Array;
  /** The columns of every batch. Default: the longest of the batch. */
  readonly numColumns: number | undefined;
  /** What bucketing sorts by, non-negative integers. Default `lengths`. */
  readonly keys?: Float64Array;
  /** Adds the ids to what is said of a batch. */
  readonly make: (batch: SequenceBatch) => B;
}

/** Epochs of examples that are sequences. */
export function sequenceEpochs<B>(
  options: SequenceOptions,
  { caller, lengths, numColumns, keys, make }: Sequences<B>,
): Batches<B> {
  const { bucketBatches = 1 } = options;
  if (lengths.length === 0) throw new RangeError(`${caller}: examples must not be empty, got none`);
  checkExampleOptions(caller, options, { numExamples: lengths.length, name: "examples" });
  if (bucketBatches !== Infinity && !(Number.isSafeInteger(bucketBatches) && bucketBatches > 0)) {
    throw new RangeError(`${caller}: bucketBatches must be a positive integer or Infinity, got ${bucketBatches}`);
  }
  return exampleEpochs(options, {
    numExamples: lengths.length,
    ...(bucketBatches > 1 && { bucketing: { keys: keys ?? Float64Array.from(lengths), bucketBatches } }),
    make: (group) => {
      const ofRows = group.map((index) => lengths[index]!);
      const shape = [group.length, numColumns ?? maximum(ofRows)] as const;
      return make({ shape, lengths: ofRows, indices: group.slice(), isContinuation: false });
    },
  });
}
