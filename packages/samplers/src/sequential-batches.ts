import type { Batches } from "./batch.ts";
import { type SamplerOptions, seededBatches } from "./seeded-batches.ts";
import { sequentialPartition } from "./sequential-partition.ts";

/**
 * Minibatches that continue one another, for training with a state carried from batch to batch (truncated
 * back-propagation through time): all but the first of an epoch are continuations. Each epoch is a
 * `sequentialPartition` of its own.
 *
 * @param corpus token ids; borrowed for as long as the batches are used.
 * @throws RangeError when `corpus` holds fewer than (B + 1) T + 1 tokens, with which every epoch has a batch, or an
 *   option is out of range.
 * @throws TypeError when `corpus` is not an Int32Array.
 */
export function sequentialBatches(corpus: Int32Array, options: SamplerOptions): Batches {
  const minLength = (options.batchSize + 1) * options.numSteps + 1;
  return seededBatches(corpus, { ...options, caller: "sequentialBatches", partition: sequentialPartition, minLength });
}
