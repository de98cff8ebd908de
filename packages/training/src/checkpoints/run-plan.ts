import type { BatchPosition } from "@rnnkit/samplers";
import type { CarriedBatch, State } from "../loss.ts";
import type { CompleteOptions } from "../train-options.ts";
import type { RunPlan } from "./checkpoint.ts";

/** What has to be the same for a run to go on at `next`. */
export function planOf<Batch extends CarriedBatch, S extends State>(
  { seed, optimizer, batchesPerStep, batches }: CompleteOptions<Batch, S>,
  next: BatchPosition,
): RunPlan {
  return { seed, optimizer: optimizer.name, batchesPerStep, epochLength: batches.epoch(next.epoch).length };
}
