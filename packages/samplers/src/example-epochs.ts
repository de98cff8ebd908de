import { type Generator, shuffle } from "@rnnkit/random";
import type { Batches, Epoch } from "./batches.ts";
import { drawnEpochs } from "./drawn-epochs.ts";
import type { ExampleOptions } from "./example-options.ts";
import { lazyEpoch } from "./lazy-epoch.ts";
import { range } from "./range.ts";
import { repeatedEpochs } from "./repeated-epochs.ts";
import { sortPools } from "./sort-pools.ts";

/** Numbers by which examples are sorted, some batches of them at a time. */
export interface Bucketing {
  /** What is to be alike in a batch, of each example; non-negative integers. */
  readonly keys: Float64Array;
  readonly bucketBatches: number;
}

/**
 * Epochs of the examples 0, 1, ..., `numExamples` - 1, grouped into batches, each of which `make` makes of [B] indices.
 */
export function exampleEpochs<B>(
  { batchSize, seed, draws = "independent", hasPartialBatch = true }: ExampleOptions,
  { numExamples, bucketing, make }: { numExamples: number; bucketing?: Bucketing; make: (indices: Int32Array) => B },
): Batches<B> {
  const numUsed = hasPartialBatch ? numExamples : numExamples - (numExamples % batchSize);
  const epoch = (generator?: Generator): Epoch<B> => {
    const order = range(numExamples);
    if (generator) shuffle(generator, order);
    const used = order.subarray(0, numUsed);
    if (bucketing) sortPools(used, { keys: bucketing.keys, poolSize: bucketing.bucketBatches * batchSize });
    const groups = Array.from({ length: Math.ceil(numUsed / batchSize) }, (_, i) =>
      used.subarray(i * batchSize, (i + 1) * batchSize),
    );
    if (generator && bucketing) shuffle(generator, groups);
    return lazyEpoch(groups, make);
  };
  return seed === undefined ? repeatedEpochs(epoch()) : drawnEpochs({ seed, draws }, epoch);
}
