import type { Engine } from "./measure.ts";
import { pythonEngine } from "./python-engine.ts";
import type { TrainingStep } from "./training-job.ts";
import type { TranslationJob } from "./translation-job.ts";

/**
 * The same job in PyTorch on the CPU, written as d2l writes it.
 *
 * @returns `undefined` where there is no such interpreter or it has no torch.
 */
export function torchTranslationEngine(
  job: TranslationJob,
  options: { readonly python: string; readonly threads: number },
): Promise<Engine<TrainingStep> | undefined> {
  const parameters = Object.entries(job.parameters).map(([name, values]) => [name, [...values]]);
  const batch = Object.entries(job.batch).map(([name, value]) => [
    name,
    ArrayBuffer.isView(value) ? [...value] : value,
  ]);
  const plain = { ...job, batch: Object.fromEntries(batch), parameters: Object.fromEntries(parameters) };
  return pythonEngine({
    name: "PyTorch cpu",
    script: "encoder_decoder_step.py",
    job: JSON.stringify(plain),
    ...options,
  });
}
