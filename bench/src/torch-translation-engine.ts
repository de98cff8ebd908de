import type { Engine } from "./measure.ts";
import { startPython } from "./python-process.ts";
import type { TrainingStep } from "./training-job.ts";
import type { TranslationJob } from "./translation-job.ts";

/**
 * The same job in PyTorch on the CPU, written as d2l writes it, in a process of its own that waits between its turns and times its steps
 * itself.
 *
 * @returns `undefined` where there is no such interpreter or it has no torch.
 */
export async function torchTranslationEngine(
  job: TranslationJob,
  { python, threads }: { readonly python: string; readonly threads: number },
): Promise<Engine<TrainingStep> | undefined> {
  const torch = await startPython(python, "encoder_decoder_step.py", String(threads));
  const parameters = Object.entries(job.parameters).map(([name, values]) => [name, [...values]]);
  const batch = Object.entries(job.batch).map(([name, value]) => [
    name,
    ArrayBuffer.isView(value) ? [...value] : value,
  ]);
  const isReady = await torch?.ask(
    JSON.stringify({ ...job, batch: Object.fromEntries(batch), parameters: Object.fromEntries(parameters) }),
  );
  if (torch === undefined || isReady === undefined) return undefined;
  return {
    name: "PyTorch cpu",
    threads,
    async activate() {},
    async step() {
      const step = await torch.ask("step");
      if (step === undefined) throw new Error("encoder_decoder_step.py ended without an answer");
      return step as TrainingStep;
    },
    dispose: () => torch.close(),
  };
}
