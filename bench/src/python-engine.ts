import type { Engine, Step } from "./measure.ts";
import { startPython } from "./python-process.ts";

interface PythonEngineOptions {
  /** What the table calls it. */
  readonly name: string;
  /** Of `bench/python`: it answers the job when it is ready, and each line after that with what an iteration took. */
  readonly script: string;
  /** The job as JSON. */
  readonly job: string;
  /** An interpreter. */
  readonly python: string;
  /** How many it may use. */
  readonly threads: number;
}

/**
 * A job done in Python, in a process of its own that waits between its turns and times its iterations itself.
 *
 * @returns `undefined` where there is no such interpreter, or it lacks what the script imports.
 */
export async function pythonEngine<S extends Step>({
  name,
  script,
  job,
  python,
  threads,
}: PythonEngineOptions): Promise<Engine<S> | undefined> {
  const process = await startPython(python, script, String(threads));
  const isReady = await process?.ask(job);
  if (process === undefined || isReady === undefined) return undefined;
  return {
    name,
    threads,
    async activate() {},
    async step() {
      const step = await process.ask("step");
      if (step === undefined) throw new Error(`${script} ended without an answer`);
      return step as S;
    },
    dispose: () => process.close(),
  };
}
