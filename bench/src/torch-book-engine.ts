import type { BookJob } from "./book-job.ts";
import type { Engine } from "./measure.ts";
import { pythonEngine } from "./python-engine.ts";
import type { TrainingStep } from "./training-job.ts";

/**
 * The same job in PyTorch on the CPU, written as d2l writes it.
 *
 * @returns `undefined` where there is no such interpreter or it has no torch.
 */
export function torchBookEngine(
  job: BookJob,
  options: { readonly python: string; readonly threads: number },
): Promise<Engine<TrainingStep> | undefined> {
  const plain = JSON.stringify(job, (_, value: unknown) => (ArrayBuffer.isView(value) ? [...(value as never)] : value));
  return pythonEngine({ name: "PyTorch cpu", script: "book_step.py", job: plain, ...options });
}
