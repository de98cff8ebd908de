import type { BatchingJob, BatchingStep } from "./batching-job.ts";
import type { Engine } from "./measure.ts";
import { startPython } from "./python-process.ts";

/** How `python/iterate_batches.py` makes batches. */
export type TorchBatching = "iterator" | "DataLoader" | "indexing";

/**
 * The same job in PyTorch, in a process of its own that waits between its turns and times itself.
 *
 * @returns `undefined` where there is no such interpreter or it has no torch.
 */
export async function torchBatchingEngine(
  job: BatchingJob,
  { python, way }: { readonly python: string; readonly way: TorchBatching },
): Promise<Engine<BatchingStep> | undefined> {
  const torch = await startPython(python, "iterate_batches.py", way);
  const isReady = await torch?.ask(JSON.stringify(job));
  if (torch === undefined || isReady === undefined) return undefined;
  return {
    name: `PyTorch ${way}`,
    threads: 1,
    async activate() {},
    async step() {
      const step = await torch.ask("step");
      if (step === undefined) throw new Error("iterate_batches.py ended without an answer");
      return step as BatchingStep;
    },
    dispose: () => torch.close(),
  };
}
