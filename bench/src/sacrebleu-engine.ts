import type { Engine } from "./measure.ts";
import { startPython } from "./python-process.ts";
import type { ScoringJob, ScoringStep } from "./scoring-job.ts";

/** The version that `python/requirements.txt` names, and that the package's numbers are those of. */
export const SACREBLEU_VERSION = "2.6.0";

/**
 * The same job by sacreBLEU, in a process of its own that waits between its turns and times itself.
 *
 * @returns `undefined` where there is no such interpreter or it does not have that version.
 */
export async function sacrebleuEngine(job: ScoringJob, python: string): Promise<Engine<ScoringStep> | undefined> {
  const sacrebleu = await startPython(python, "score_systems.py");
  const ready = await sacrebleu?.ask(JSON.stringify(job));
  if (sacrebleu === undefined || ready === undefined) return undefined;
  if ((ready as { version: string }).version !== SACREBLEU_VERSION) {
    await sacrebleu.close();
    return undefined;
  }
  return {
    name: "sacreBLEU",
    threads: 1,
    async activate() {},
    async step() {
      const step = await sacrebleu.ask("step");
      if (step === undefined) throw new Error("score_systems.py ended without an answer");
      return step as ScoringStep;
    },
    dispose: () => sacrebleu.close(),
  };
}
