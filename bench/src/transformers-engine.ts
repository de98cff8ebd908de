import type { BeamSearchJob, BeamSearchStep } from "./beam-search-job.ts";
import type { Engine } from "./measure.ts";
import { pythonEngine } from "./python-engine.ts";

/**
 * The same search by `generate` of Hugging Face, which takes off the time within its model.
 *
 * @returns `undefined` where there is no such interpreter or it has no transformers.
 */
export function transformersEngine(
  job: BeamSearchJob,
  options: { readonly python: string; readonly threads: number },
): Promise<Engine<BeamSearchStep> | undefined> {
  const { buffer, byteOffset, byteLength } = job.table;
  const table = Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  return pythonEngine({
    name: "transformers",
    script: "beam_search.py",
    job: JSON.stringify({ ...job, table }),
    ...options,
  });
}
