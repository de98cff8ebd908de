import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "node:util";
import { expect, it, vi } from "vitest";
import "@rnnkit/testing/tensor-setup";
import { isLibrary, workspaceMembers } from "../scripts/architecture/workspace.mjs";
import { readmeExample } from "../scripts/readme-example.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = [
  ".",
  ...workspaceMembers(root)
    .filter(isLibrary)
    .map(({ folder }) => folder),
];

/** The text behind each `console.log(...);` of a source, or a complaint where there is none. */
function promisedOutput(source: string): string[] {
  return source
    .split("\n")
    .filter((line) => line.includes("console.log("))
    .map((line) => /; \/\/ (.+)$/.exec(line)?.[1] ?? `nothing is said of what this prints: ${line.trim()}`);
}

async function output(path: string): Promise<string[]> {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await import(/* @vite-ignore */ `${path}?example`);
  const lines = log.mock.calls.map((call) => format(...call));
  log.mockReset(); // else the printed lines would fail the test
  return lines;
}

it.each(folders)("the example in %s/README.md prints what its comments say", async (folder) => {
  const path = fileURLToPath(new URL(`../${folder}/README.md`, import.meta.url));
  expect(existsSync(path), `${path} exists`).toBe(true);
  const promised = promisedOutput(readmeExample(readFileSync(path, "utf8")));
  expect(promised.length, "number of console.log lines in the example").toBeGreaterThan(0);
  expect(await output(path)).toEqual(promised);
});

it("promisedOutput gives the comment behind each console.log and complains where there is none", () => {
  const source = 'const a = 1;\nconsole.log(a); // 1\nconsole.log("b");\n';
  expect(promisedOutput(source)).toEqual(["1", 'nothing is said of what this prints: console.log("b");']);
});

it("readmeExample gives the first ts block of a page, and a page without one runs nothing", () => {
  expect(readmeExample("# x\n```sh\nls\n```\n```ts\nlet a: number;\n```\n```ts\nlet b;\n```\n")).toBe(
    "let a: number;\n",
  );
  expect(readmeExample("# x\n")).toBe("export {};\n");
});
