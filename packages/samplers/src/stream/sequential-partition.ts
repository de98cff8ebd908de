import { type Generator, integer } from "@rnnkit/random";
import type { BatchPlan } from "./batch-plan.ts";
import { checkPositiveInteger } from "../check-positive-integer.ts";
import { contiguousRows } from "./contiguous-rows.ts";

/**
 * The batches of one epoch of sequential partitioning: drops the first 0 to T tokens (one more value than
 * `randomPartition` draws), cuts the rest into B rows, and reads these side by side, T tokens at a time, so that each
 * batch goes on where the one before ended. What is left of the rows is left out, so a short stream has no batch at
 * all.
 *
 * @param generator drawn from; with `mersenneTwister(seed)` the batches are those of d2l after `random.seed(seed)`.
 * @param length the number of tokens in the stream.
 * @param options batchSize B and numSteps T.
 * @throws RangeError when B or T is not a positive integer.
 * @see d2l 0.17, `seq_data_iter_sequential`.
 */
export function sequentialPartition(
  generator: Generator,
  length: number,
  { batchSize, numSteps }: { batchSize: number; numSteps: number },
): BatchPlan[] {
  checkPositiveInteger("sequentialPartition", "batchSize", batchSize);
  checkPositiveInteger("sequentialPartition", "numSteps", numSteps);
  const first = integer(generator, numSteps + 1);
  const rowLength = Math.floor((length - first - 1) / batchSize);
  const plans = contiguousRows({ first, numRows: batchSize, rowLength, numSteps });
  return plans.filter((plan) => plan.numSteps === numSteps);
}
