// The reporter of `npm run errors`: in place of the tests, it lists how far they found us from the reference implementations.
import { relative } from "node:path";
import { worstErrors } from "./worst-errors.mjs";

/** @typedef {Omit<import("./worst-errors.mjs").FoundError, "file" | "test">} Found what record-error.ts leaves with a test */

export default class WorstErrorsReporter {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly unknown[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const errors = tests.flatMap((test) => {
      const where = { file: relative(process.cwd(), test.module.moduleId), test: test.name };
      const { goldenErrors = [] } = /** @type {{ goldenErrors?: Found[] }} */ (test.meta());
      return goldenErrors.map((error) => ({ ...where, ...error }));
    });
    console.log(worstErrors(errors).join("\n"));
    const failed = tests.filter((test) => test.result().state === "failed");
    for (const test of failed) console.log(`failed: ${test.fullName}: ${test.result().errors?.[0]?.message}`);
    for (const error of unhandled) console.log("failed:", error);
  }
}
