import type { Batches } from "../batches.ts";
import { randomPartition } from "./random-partition.ts";
import { type SamplerOptions, partitionedBatches } from "./partitioned-batches.ts";
import type { TokenStream } from "./token-stream.ts";

/**
 * Minibatches of subsequences in random order, for training from a fresh state in every batch: none is a continuation.
 * Each epoch is a `randomPartition` of its own.
 *
 * @param corpus token ids; borrowed for as long as the batches are used.
 * @throws RangeError when `corpus` holds fewer than (B + 1) T tokens, with which every epoch has a batch, or an option
 *   is out of range.
 * @throws TypeError when `corpus` is not a typed array of ids.
 */
export function randomBatches(corpus: TokenStream, options: SamplerOptions): Batches {
  const minLength = (options.batchSize + 1) * options.numSteps;
  return partitionedBatches(corpus, { ...options, caller: "randomBatches", partition: randomPartition, minLength });
}
