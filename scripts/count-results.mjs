// Prints what .ci/run ends with: the skipped tests, then "N passed, N failed, N skipped" over the tests and the checks of
// the run, read from .results. What did not get as far as to write its results counts as one failure.
import { countResults } from "./results.mjs";

const { passed, failed, skipped } = countResults(".results");
for (const name of failed) console.log(`failed: ${name}`);
for (const name of skipped) console.log(`skipped: ${name}`);
console.log(`${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`);
