import type { Batch, Epoch } from "./batch.ts";
import type { BatchPlan } from "./batch-plan.ts";

/**
 * The batches that lie in a token stream where the plans say, each cut out when its turn comes.
 *
 * @param corpus token ids; borrowed for as long as the epoch is used.
 * @param plans for instance of `randomPartition` of as many tokens as `corpus` holds; borrowed likewise.
 */
export function plannedEpoch(corpus: Int32Array, plans: readonly BatchPlan[]): Epoch {
  return {
    length: plans.length,
    *[Symbol.iterator]() {
      for (const plan of plans) yield cutBatch(corpus, plan);
    },
  };
}

function cutBatch(corpus: Int32Array, { starts, numSteps, isContinuation }: BatchPlan): Batch {
  const inputs = new Int32Array(starts.length * numSteps);
  const targets = new Int32Array(starts.length * numSteps);
  starts.forEach((start, row) => {
    inputs.set(corpus.subarray(start, start + numSteps), row * numSteps);
    targets.set(corpus.subarray(start + 1, start + 1 + numSteps), row * numSteps);
  });
  return { inputs, targets, shape: [starts.length, numSteps], isContinuation };
}
