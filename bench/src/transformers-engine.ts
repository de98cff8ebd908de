import type { BeamSearchJob, BeamSearchStep } from "./beam-search-job.ts";
import type { Engine } from "./measure.ts";
import { startPython } from "./python-process.ts";

/**
 * The same search by `generate` of Hugging Face, in a process of its own that waits between its turns, times itself and takes
 * off the time within its model.
 *
 * @param options python, an interpreter, and threads, how many PyTorch may use.
 * @returns `undefined` where there is no such interpreter or it has no transformers.
 */
export async function transformersEngine(
  job: BeamSearchJob,
  { python, threads }: { readonly python: string; readonly threads: number },
): Promise<Engine<BeamSearchStep> | undefined> {
  const transformers = await startPython(python, "beam_search.py", String(threads));
  const { buffer, byteOffset, byteLength } = job.table;
  const table = Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  const isReady = await transformers?.ask(JSON.stringify({ ...job, table }));
  if (transformers === undefined || isReady === undefined) return undefined;
  return {
    name: "transformers",
    threads,
    async activate() {},
    async step() {
      const step = await transformers.ask("step");
      if (step === undefined) throw new Error("beam_search.py ended without an answer");
      return step as BeamSearchStep;
    },
    dispose: () => transformers.close(),
  };
}
