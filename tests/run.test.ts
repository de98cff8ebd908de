import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const script = fileURLToPath(new URL("../scripts/run.mjs", import.meta.url));

it.each([[], ["deploy"]])("run.mjs refuses the task %j and names those that it has", (...args) => {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toBe(
    `run: task must be one of setup, demo, test, errors, check, bench, example, results, got "${args[0] ?? ""}"\n`,
  );
});
