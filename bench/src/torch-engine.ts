import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Engine } from "./measure.ts";
import type { TrainingJob, TrainingStep } from "./training-job.ts";

const SCRIPT = fileURLToPath(new URL("../python/training_step.py", import.meta.url));

/**
 * The same job in PyTorch on the CPU, in a process of its own that waits between its turns and times its steps itself.
 *
 * @param options python, an interpreter, and threads, how many PyTorch may use.
 * @returns `undefined` where there is no such interpreter or it has no torch.
 */
export async function torchEngine(
  job: TrainingJob,
  { python, threads }: { readonly python: string; readonly threads: number },
): Promise<Engine<TrainingStep> | undefined> {
  const child = spawn(python, [SCRIPT, String(threads)], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => {}); // a process that has ended is noticed by its missing answer
  const closed = new Promise((resolve) => child.once("close", resolve));
  const hasStarted = await once(child, "spawn").then(
    () => true,
    () => false,
  );
  if (!hasStarted) return undefined;
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<unknown> => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await answers.next();
    return done ? undefined : JSON.parse(value);
  };
  const isReady = await ask(toJSON(job));
  if (isReady === undefined) return undefined;
  return {
    name: "PyTorch cpu",
    threads,
    async activate() {},
    async step() {
      const step = await ask("step");
      if (step === undefined) throw new Error(`${python} ${SCRIPT} ended without an answer`);
      return step as TrainingStep;
    },
    async dispose() {
      child.stdin.end();
      await closed;
    },
  };
}

function toJSON(job: TrainingJob): string {
  const parameters = Object.entries(job.parameters).map(([name, values]) => [name, base64(values)]);
  return JSON.stringify({
    ...job,
    inputs: [...job.inputs],
    targets: [...job.targets],
    parameters: Object.fromEntries(parameters),
  });
}

function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
