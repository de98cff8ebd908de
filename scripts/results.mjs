import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The names of all tests and checks of a run, by outcome.
 *
 * @param {string} folder where vitest's JSON report and the outcome of the checks lie
 */
export function countResults(folder) {
  /** @type {{ passed: string[], failed: string[], skipped: string[] }} */
  const names = { passed: [], failed: [], skipped: [] };
  const tests = read(join(folder, "vitest.json"));
  if (tests === undefined) names.failed.push("the tests did not run");
  for (const { name: file, status, message, assertionResults } of tests?.testResults ?? []) {
    for (const test of assertionResults) {
      const outcome = test.status === "passed" || test.status === "failed" ? test.status : "skipped";
      names[/** @type {keyof typeof names} */ (outcome)].push(test.fullName);
    }
    // A file that could not be loaded, or whose hooks failed, has no failed test of its own.
    const isAccounted = assertionResults.some((/** @type {{ status: string }} */ test) => test.status === "failed");
    if (status === "failed" && !isAccounted) names.failed.push(`${file}: ${message}`);
  }
  if (tests?.success === false && names.failed.length === 0) names.failed.push("an error outside the tests");

  const checks = read(join(folder, "checks.json"));
  if (checks === undefined) names.failed.push("the checks did not run");
  for (const { name, passed } of checks ?? []) names[passed ? "passed" : "failed"].push(`check ${name}`);
  return names;
}

/** @param {string} path */
function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
