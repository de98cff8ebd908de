import { type Generator, integer, shuffle } from "@rnnkit/random";
import type { BatchPlan } from "./batch-plan.ts";
import { checkPositiveInteger } from "../check-positive-integer.ts";

/**
 * The batches of one epoch of random partitioning: drops the first 0 to T - 1 tokens, cuts the rest into subsequences
 * of T tokens, shuffles these, and groups them by B. Tokens that fill no subsequence and subsequences that fill no
 * batch are left out, so a short stream has no batch at all.
 *
 * @param generator drawn from; with `mersenneTwister(seed)` the batches are those of d2l after `random.seed(seed)`.
 * @param length the number of tokens in the stream.
 * @param options batchSize B and numSteps T.
 * @throws RangeError when B or T is not a positive integer.
 * @see d2l 0.17, `seq_data_iter_random`.
 */
export function randomPartition(
  generator: Generator,
  length: number,
  { batchSize, numSteps }: { batchSize: number; numSteps: number },
): BatchPlan[] {
  checkPositiveInteger("randomPartition", "batchSize", batchSize);
  checkPositiveInteger("randomPartition", "numSteps", numSteps);
  const numDropped = integer(generator, numSteps);
  const numSubsequences = Math.max(0, Math.floor((length - numDropped - 1) / numSteps));
  const starts = Int32Array.from({ length: numSubsequences }, (_, i) => numDropped + i * numSteps);
  shuffle(generator, starts);
  return Array.from({ length: Math.floor(numSubsequences / batchSize) }, (_, i) => ({
    starts: starts.subarray(i * batchSize, (i + 1) * batchSize),
    numSteps,
    isContinuation: false,
  }));
}
