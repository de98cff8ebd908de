import type { Batches } from "../batches.ts";
import { type SamplerOptions, partitionedBatches } from "./partitioned-batches.ts";
import type { TokenStream } from "./token-stream.ts";
import { sequentialPartition } from "./sequential-partition.ts";

/**
 * Minibatches that continue one another, for training with a state carried from batch to batch (truncated
 * back-propagation through time): all but the first of an epoch are continuations. Each epoch is a
 * `sequentialPartition` of its own.
 *
 * @param corpus token ids; borrowed for as long as the batches are used.
 * @throws RangeError when `corpus` holds fewer than (B + 1) T + 1 tokens, with which every epoch has a batch, or an
 *   option is out of range.
 * @throws TypeError when `corpus` is not a typed array of ids.
 */
export function sequentialBatches(corpus: TokenStream, options: SamplerOptions): Batches {
  const minLength = (options.batchSize + 1) * options.numSteps + 1;
  return partitionedBatches(corpus, {
    ...options,
    caller: "sequentialBatches",
    partition: sequentialPartition,
    minLength,
  });
}
