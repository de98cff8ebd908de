import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { integer, uniform, xoshiro128 } from "rnnkit";
import { build } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";

const NUM_KILLS = 30;
/** Beside the installed packages, where Node finds TensorFlow.js for the script. */
const BUILT = fileURLToPath(new URL("../../node_modules/.cache/kill", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "rnnkit-kill-"));

beforeAll(async () => {
  mkdirSync(BUILT, { recursive: true });
  await build({
    configFile: false,
    logLevel: "error",
    root: fileURLToPath(new URL(".", import.meta.url)),
    resolve: { conditions: ["@rnnkit/source", "node", "import", "default"] },
    ssr: {
      noExternal: [/^@rnnkit/, "rnnkit"],
      external: ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"],
      resolve: { conditions: ["@rnnkit/source", "node", "import", "default"] },
    },
    build: { ssr: "run.ts", outDir: BUILT, emptyOutDir: true },
  });
});
afterAll(() => {
  for (const made of [folder, BUILT]) rmSync(made, { recursive: true, force: true });
});

interface Life {
  readonly lines: readonly string[];
  readonly signal: string | null;
}

/** A process that trains; it is killed `delayMs` after it has written its line number `after`, where there are that many. */
async function live(
  args: readonly string[],
  death?: { readonly after: number; readonly delayMs: number },
): Promise<Life> {
  const child = spawn(process.execPath, [join(BUILT, "run.js"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  let isDoomed = false;
  child.stderr.on("data", (data) => (errors += String(data)));
  child.stdout.on("data", (data) => {
    output += String(data);
    if (!death || isDoomed || output.split("\n").length <= death.after) return;
    isDoomed = true;
    setTimeout(() => child.kill("SIGKILL"), death.delayMs);
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once("close", (...ending) => resolve(ending)),
  );
  if (code !== 0 && signal !== "SIGKILL") throw new Error(`the process ended with ${code ?? signal}: ${errors}`);
  return { lines: output.split("\n").slice(0, -1), signal };
}

it(`a run that is killed ${NUM_KILLS} times at random moments, and resumed each time, ends with the bits of the unbroken one`, async () => {
  const unbroken = await live([]);
  const generator = xoshiro128(1);
  let numKills = 0;
  while (numKills < NUM_KILLS) {
    // A step with its checkpoint takes a few milliseconds: the moment falls anywhere in it.
    const { signal } = await live([folder], { after: 1 + integer(generator, 9), delayMs: 8 * uniform(generator) });
    expect(signal, "the run must not end before it was killed often enough").toBe("SIGKILL");
    numKills++;
  }
  const last = await live([folder]);
  expect(last.lines.length).toBeLessThan(unbroken.lines.length); // it went on, and did not begin again
  expect(last.lines.at(-1)).toMatch(/^digest [0-9a-f]{64}$/);
  expect(last.lines.at(-1)).toBe(unbroken.lines.at(-1));
});
