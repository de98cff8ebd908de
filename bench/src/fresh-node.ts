import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/**
 * Runs a module in a Node of its own, which finds the packages as they were built.
 *
 * @param code ends by printing a value as JSON; `process.argv.slice(1)` are the arguments.
 * @returns that value.
 * @throws Error with what the process said when it fails.
 */
export async function runInFreshNode<Result>(code: string, ...args: readonly string[]): Promise<Result> {
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code, "--", ...args], {
    cwd,
  });
  return JSON.parse(stdout) as Result;
}
