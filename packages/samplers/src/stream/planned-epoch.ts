import type { Epoch } from "../batches.ts";
import { lazyEpoch } from "../lazy-epoch.ts";
import type { BatchPlan } from "./batch-plan.ts";
import { cutBatch } from "./cut-batch.ts";
import type { TokenStream } from "./token-stream.ts";

/**
 * The batches that lie in a token stream where the plans say, each cut out when its turn comes.
 *
 * @param corpus token ids; borrowed for as long as the epoch is used.
 * @param plans for instance of `randomPartition` of as many tokens as `corpus` holds; borrowed likewise.
 */
export function plannedEpoch(corpus: TokenStream, plans: readonly BatchPlan[]): Epoch {
  return lazyEpoch(plans, (plan) => cutBatch(corpus, plan));
}
