import * as tf from "@tensorflow/tfjs";
import type { CarriedState } from "../carried-state.ts";
import type { CarriedBatch, State } from "../loss.ts";
import { INITIAL_PROGRESS, type RunProgress } from "../run-progress.ts";
import type { CompleteOptions } from "../train-options.ts";
import { checkSameRun } from "./check-same-run.ts";
import { fromFileTensors } from "./named-tensors.ts";
import { putTogether } from "./state-layout.ts";

/**
 * Begins a run, or goes on where a checkpoint stands: parameters, optimizer, the best parameters and the carried state become
 * those of the checkpoint.
 *
 * @throws RangeError when the checkpoint is that of another run, or a new run finds those of another: nothing is changed then.
 */
export async function beginRun<Batch extends CarriedBatch, S extends State>(
  run: CompleteOptions<Batch, S>,
  carried: CarriedState<S>,
): Promise<RunProgress> {
  const { checkpoints, parameters, optimizer, best } = run;
  if (!checkpoints) return INITIAL_PROGRESS;
  const { resume, store } = checkpoints;
  if (!resume) {
    const last = (await store.steps()).at(-1);
    if (last === undefined) return INITIAL_PROGRESS;
    throw new RangeError(`train: checkpoints.store must be empty for a new run, got a checkpoint of step ${last}`);
  }
  checkSameRun(resume, run);
  const { record, tensors } = resume;
  tf.tidy(() => {
    const values = fromFileTensors("parameters", tensors);
    for (const [name, variable] of Object.entries(parameters)) variable.assign(values[name]!);
    optimizer.restore({ tensors: fromFileTensors("optimizer", tensors), numSteps: record.numSteps });
    if (record.state !== null) carried.replace(putTogether(record.state, fromFileTensors("state", tensors)) as S);
    if (best) {
      if (record.best) best.keep(fromFileTensors("best", tensors), record.best);
      else best.dispose();
    }
  });
  return record.progress;
}
