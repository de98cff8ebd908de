import type { Engine } from "./measure.ts";
import { pythonEngine } from "./python-engine.ts";
import type { TrainingJob, TrainingStep } from "./training-job.ts";

/**
 * The same job in PyTorch on the CPU.
 *
 * @returns `undefined` where there is no such interpreter or it has no torch.
 */
export function torchEngine(
  job: TrainingJob,
  options: { readonly python: string; readonly threads: number },
): Promise<Engine<TrainingStep> | undefined> {
  return pythonEngine({ name: "PyTorch cpu", script: "training_step.py", job: toJSON(job), ...options });
}

function toJSON(job: TrainingJob): string {
  const parameters = Object.entries(job.parameters).map(([name, values]) => [name, base64(values)]);
  return JSON.stringify({
    ...job,
    inputs: [...job.inputs],
    targets: [...job.targets],
    parameters: Object.fromEntries(parameters),
  });
}

function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
