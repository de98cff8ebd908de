import type { Engine } from "./measure.ts";
import type { NextTokenJob, NextTokenStep } from "./next-token-job.ts";
import { startPython } from "./python-process.ts";

/** The version that `python/requirements.txt` names. */
export const TRANSFORMERS_VERSION = "5.23.0";

/**
 * The same job by the warpers of Hugging Face transformers, on one thread, in a process of its own that waits between its
 * turns and times itself.
 *
 * @returns `undefined` where there is no such interpreter or it does not have that version.
 */
export async function transformersNextTokenEngine(
  job: NextTokenJob,
  python: string,
): Promise<Engine<NextTokenStep> | undefined> {
  const transformers = await startPython(python, "next_token.py");
  const ready = await transformers?.ask(JSON.stringify(job));
  if (transformers === undefined || ready === undefined) return undefined;
  if ((ready as { version: string }).version !== TRANSFORMERS_VERSION) {
    await transformers.close();
    return undefined;
  }
  return {
    name: "transformers",
    threads: 1,
    async activate() {},
    async step() {
      const step = await transformers.ask("step");
      if (step === undefined) throw new Error("next_token.py ended without an answer");
      return step as NextTokenStep;
    },
    dispose: () => transformers.close(),
  };
}
