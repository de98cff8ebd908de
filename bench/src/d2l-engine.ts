import type { CorpusJob, CorpusStep } from "./corpus-job.ts";
import type { Engine } from "./measure.ts";
import { startPython } from "./python-process.ts";

/** The version of the book whose code it is. */
export const D2L_VERSION = "0.17.6";

/**
 * The same job by the code of _Dive into Deep Learning_, in a process of its own that waits between its turns and times itself.
 *
 * @returns `undefined` where there is no such interpreter or it does not have that version.
 */
export async function d2lEngine(job: CorpusJob, python: string): Promise<Engine<CorpusStep> | undefined> {
  const book = await startPython(python, "prepare_corpus.py");
  const ready = await book?.ask(JSON.stringify(job));
  if (book === undefined || ready === undefined) return undefined;
  if ((ready as { version: string }).version !== D2L_VERSION) {
    await book.close();
    return undefined;
  }
  return {
    name: "d2l",
    threads: 1,
    async activate() {},
    async step() {
      const step = await book.ask("step");
      if (step === undefined) throw new Error("prepare_corpus.py ended without an answer");
      return step as CorpusStep;
    },
    dispose: () => book.close(),
  };
}
