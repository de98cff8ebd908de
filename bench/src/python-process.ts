import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A script of `bench/python` in a process of its own, which answers each line with a line of JSON. */
export interface PythonProcess {
  /** @returns the answer, or `undefined` when the process has ended. */
  ask(line: string): Promise<unknown>;
  close(): Promise<void>;
}

/** @returns `undefined` where there is no such interpreter. */
export async function startPython(
  python: string,
  script: string,
  ...args: readonly string[]
): Promise<PythonProcess | undefined> {
  const path = fileURLToPath(new URL(`../python/${script}`, import.meta.url));
  const child = spawn(python, [path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => {}); // a process that has ended is noticed by its missing answer
  const closed = new Promise((resolve) => child.once("close", resolve));
  const hasStarted = await once(child, "spawn").then(
    () => true,
    () => false,
  );
  if (!hasStarted) return undefined;
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const { value, done } = await answers.next();
      return done ? undefined : JSON.parse(value);
    },
    async close() {
      child.stdin.end();
      await closed;
    },
  };
}
