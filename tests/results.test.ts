import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { countResults } from "../scripts/results.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rnnkit-results-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
const file = (status: string, tests: Record<string, string>) => ({
  name: "a.test.ts",
  status,
  message: "cannot load",
  assertionResults: Object.entries(tests).map(([fullName, outcome]) => ({ fullName, status: outcome })),
});

it("countResults adds the checks to the tests", () => {
  write("vitest.json", {
    success: false,
    testResults: [
      file("failed", { a: "passed", b: "failed" }),
      file("passed", { c: "skipped", d: "pending", e: "todo" }),
    ],
  });
  write("checks.json", [
    { name: "format", passed: true },
    { name: "lint", passed: false },
  ]);
  expect(countResults(folder)).toEqual({
    passed: ["a", "check format"],
    failed: ["b", "check lint"],
    skipped: ["c", "d", "e"],
  });
});

it("countResults counts a test file that could not be loaded as a failure", () => {
  write("vitest.json", { success: false, testResults: [file("failed", {}), file("passed", { a: "passed" })] });
  write("checks.json", []);
  expect(countResults(folder)).toEqual({ passed: ["a"], failed: ["a.test.ts: cannot load"], skipped: [] });
});

it("countResults counts an error outside the tests as a failure", () => {
  write("vitest.json", { success: false, testResults: [file("passed", { a: "passed" })] });
  write("checks.json", []);
  expect(countResults(folder).failed).toEqual(["an error outside the tests"]);
});

it("countResults counts what did not run as a failure", () => {
  expect(countResults(folder).failed).toEqual(["the tests did not run", "the checks did not run"]);
});
