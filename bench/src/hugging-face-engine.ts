import type { BpeJob, BpeStep } from "./bpe-job.ts";
import type { Engine } from "./measure.ts";
import { startPython } from "./python-process.ts";

/**
 * The same job by Hugging Face's `tokenizers`, which is written in Rust, in a process of its own that waits between its turns
 * and times itself.
 *
 * @returns `undefined` where there is no such interpreter or it has no `tokenizers`.
 */
export async function huggingFaceEngine(
  job: BpeJob,
  { python, threads }: { readonly python: string; readonly threads: number },
): Promise<Engine<BpeStep> | undefined> {
  const tokenizers = await startPython(python, "byte_pairs.py", String(threads));
  const ready = await tokenizers?.ask(JSON.stringify(job));
  if (tokenizers === undefined || ready === undefined) return undefined;
  return {
    name: "HF tokenizers",
    threads,
    async activate() {},
    async step() {
      const step = await tokenizers.ask("step");
      if (step === undefined) throw new Error("byte_pairs.py ended without an answer");
      return step as BpeStep;
    },
    dispose: () => tokenizers.close(),
  };
}
