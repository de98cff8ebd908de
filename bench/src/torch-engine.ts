import type { Engine } from "./measure.ts";
import { startPython } from "./python-process.ts";
import type { TrainingJob, TrainingStep } from "./training-job.ts";

/**
 * The same job in PyTorch on the CPU, in a process of its own that waits between its turns and times its steps itself.
 *
 * @param options python, an interpreter, and threads, how many PyTorch may use.
 * @returns `undefined` where there is no such interpreter or it has no torch.
 */
export async function torchEngine(
  job: TrainingJob,
  { python, threads }: { readonly python: string; readonly threads: number },
): Promise<Engine<TrainingStep> | undefined> {
  const torch = await startPython(python, "training_step.py", String(threads));
  const isReady = await torch?.ask(toJSON(job));
  if (torch === undefined || isReady === undefined) return undefined;
  return {
    name: "PyTorch cpu",
    threads,
    async activate() {},
    async step() {
      const step = await torch.ask("step");
      if (step === undefined) throw new Error("training_step.py ended without an answer");
      return step as TrainingStep;
    },
    dispose: () => torch.close(),
  };
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
