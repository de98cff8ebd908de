import type { BpeJob, BpeStep } from "./bpe-job.ts";
import type { Engine } from "./measure.ts";
import { pythonEngine } from "./python-engine.ts";

/**
 * The same job by Hugging Face's `tokenizers`, which is written in Rust.
 *
 * @returns `undefined` where there is no such interpreter or it has no `tokenizers`.
 */
export function huggingFaceEngine(
  job: BpeJob,
  options: { readonly python: string; readonly threads: number },
): Promise<Engine<BpeStep> | undefined> {
  return pythonEngine({ name: "HF tokenizers", script: "byte_pairs.py", job: JSON.stringify(job), ...options });
}
