import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const SOURCE = new URL("../src/", import.meta.url);
let folder = "";

beforeAll(() => {
  // Node runs no TypeScript: the sources become JavaScript, file by file.
  folder = mkdtempSync(join(tmpdir(), "rnnkit-simd-"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const file of readdirSync(SOURCE)) {
    const { outputText } = ts.transpileModule(readFileSync(new URL(file, SOURCE), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        rewriteRelativeImportExtensions: true,
        verbatimModuleSyntax: true,
      },
    });
    writeFileSync(join(folder, file.replace(/ts$/, "js")), outputText);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A process that has squared numbers on two threads, and goes on with `rest`. */
async function run(rest: string): Promise<{ code: number | null; output: string; elapsedMs: number }> {
  const script = `
    import { Worker } from "node:worker_threads";
    const workers = [];
    const on = Worker.prototype.on;
    Worker.prototype.on = function (...args) { if (!workers.includes(this)) workers.push(this); return on.apply(this, args); };
    const { createSimd, mapElements } = await import("./index.js");
    const simd = await createSimd({ numThreads: 2 });
    const x = simd.allocate(1_000_000);
    const square = () => {
      simd.floats(x).fill(3);
      mapElements(simd, "square", { x, output: x });
      return simd.floats(x).every((value) => value === 9);
    };
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    ${rest}
  `;
  writeFileSync(join(folder, "script.js"), script);
  const begin = performance.now();
  const child = spawn(process.execPath, ["script.js"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += String(data)));
  const timeout = setTimeout(() => child.kill("SIGKILL"), 30_000);
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  clearTimeout(timeout);
  return { code, output, elapsedMs: performance.now() - begin };
}

describe("a process that computes on two threads", () => {
  it("starts no thread before there is work for two", async () => {
    const { output } = await run(`
      console.log(workers.length);
      const small = simd.allocate(100);
      mapElements(simd, "square", { x: small, output: small });
      console.log(workers.length, square(), workers.length, simd.numThreads);
    `);
    expect(output).toBe("0\n0 true 1 2\n");
  });

  it.each([
    ["when its work is done", "console.log(square());"],
    ["when its threads have gone to sleep", "console.log(square()); await pause(500);"],
    ["when it has not computed", "console.log(true);"],
    ["when it has disposed of the threads", "console.log(square()); simd.dispose();"],
    ["by process.exit", "console.log(square()); process.exit(0);"],
  ])("ends by itself %s", async (_, rest) => {
    const { code, output, elapsedMs } = await run(rest);
    expect({ code, output }).toEqual({ code: 0, output: "true\n" });
    expect(elapsedMs).toBeLessThan(20_000);
  });

  it("goes on with right results when a thread has died", async () => {
    const { code, output } = await run(`
      console.log(square(), simd.numThreads);
      await workers[0].terminate();
      await pause(50);
      console.log(square(), square(), simd.numThreads);
    `);
    expect({ code, output }).toEqual({ code: 0, output: "true 2\ntrue true 1\n" });
  });

  it("goes on with right results when a thread dies before it has begun", async () => {
    const { code, output } = await run(`
      const first = square();
      workers[0].terminate();
      console.log(first, square(), square());
    `);
    expect({ code, output }).toEqual({ code: 0, output: "true true true\n" });
  });

  it("reports a kernel that fails, and goes on with right results", async () => {
    const { code, output } = await run(`
      square();
      await pause(200);
      try {
        simd.run(99, 2, []);
        console.log("no error");
      } catch (error) {
        console.log(error.message);
      }
      console.log(square(), square(), simd.numThreads);
    `);
    expect({ code, output }).toEqual({ code: 0, output: "unreachable\ntrue true 1\n" });
  });

  it("reports a kernel that fails on another thread where somebody waits for it, and goes on with right results", async () => {
    const { code, output } = await run(`
      const later = await createSimd({ numThreads: 2, isAsync: true });
      const small = later.allocate(1000);
      const eager = Object.assign(Object.create(later), { numTasks: () => 2 });
      mapElements(eager, "square", { x: small, output: small });
      later.run(99, 1, []); // waits behind the other
      // Until the other thread has come to it: this one takes no part.
      while (true) {
        await pause(100);
        if (workers[0].threadId === -1) break;
      }
      for (const attempt of [1, 2]) {
        try {
          console.log([...later.floats(small).subarray(0, 1)]);
        } catch (error) {
          console.log(error.message);
        }
      }
      mapElements(eager, "square", { x: small, output: small });
      console.log(later.numThreads, square());
    `);
    expect({ code, output }).toEqual({
      code: 0,
      output: "simd: a kernel failed in a worker thread. Further kernels run on one thread.\n[ 0 ]\n1 true\n",
    });
  });

  it("reports a thread that takes a task and does not finish it, and goes on with one thread", async () => {
    const { code, output } = await run(`
      square();
      await pause(200);
      // A claim that nobody works on: what is left of a thread that hangs. Each job has 256 of them.
      const CLAIMS = 65536 >> 2;
      const store = Atomics.store;
      Atomics.store = (target, index, value) => {
        const result = store(target, index, value);
        if (index >= CLAIMS && index % 256 === 1) store(target, index, ~value);
        return result;
      };
      const eager = Object.assign(Object.create(simd), { numTasks: () => 2 });
      try {
        mapElements(eager, "square", { x, output: x });
        console.log("no error");
      } catch (error) {
        console.log(error.message);
      }
      Atomics.store = store;
      console.log(square(), simd.numThreads);
    `);
    expect(output).toBe(
      "simd: a worker thread must finish its task, and has shown no life for 10 s. " +
        "Further kernels run on one thread.\ntrue 1\n",
    );
    expect(code).toBe(0);
  });
});
