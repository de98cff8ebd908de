import { encodeSafetensors } from "@rnnkit/interop";
import type { CarriedState } from "../carried-state.ts";
import type { CarriedBatch, State } from "../loss.ts";
import type { RunProgress } from "../run-progress.ts";
import type { CompleteOptions } from "../train-options.ts";
import { CHECKPOINT_FORMAT, type CheckpointRecord } from "./checkpoint.ts";
import { toFileTensors } from "./named-tensors.ts";
import { planOf } from "./run-plan.ts";
import { NO_CHECKSUM, seal } from "./seal.ts";
import { takeApart } from "./state-layout.ts";

/** Writes all that a run needs to go on, as one safetensors file: its tensors, and the rest as JSON in its metadata. */
export async function saveCheckpoint<Batch extends CarriedBatch, S extends State>(
  progress: RunProgress,
  { run, carried }: { readonly run: CompleteOptions<Batch, S>; readonly carried: CarriedState<S> },
): Promise<void> {
  const { parameters, optimizer, best, checkpoints } = run;
  const memory = optimizer.state();
  const state = carried.current === null ? null : takeApart(carried.current);
  const record: CheckpointRecord = {
    format: CHECKPOINT_FORMAT,
    fingerprint: checkpoints!.fingerprint,
    plan: planOf(run, progress.next),
    progress,
    numSteps: memory.numSteps,
    state: state && state.layout,
    best: best?.score ?? null,
  };
  const tensors = [
    ...(await toFileTensors("parameters", parameters)),
    ...(await toFileTensors("optimizer", memory.tensors)),
    ...(await toFileTensors("state", state?.tensors ?? {})),
    ...(await toFileTensors("best", best?.tensors ?? {})),
  ];
  const bytes = encodeSafetensors(new Map(tensors), {
    metadata: { checksum: NO_CHECKSUM, training: JSON.stringify(record) },
  });
  await seal(bytes);
  await checkpoints!.store.write(progress.step, bytes);
}
