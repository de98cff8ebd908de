// Every check of this repository that is not a test. Each runs, also after one has failed; the outcome of all is written to
// .results/checks.json, where .ci/run counts them. Started by "npm run check", which builds first; arguments name the
// checks to run.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";

/** @type {Record<string, [string, ...string[]]>} */
const checks = {
  format: ["oxfmt", "--check", "."],
  lint: ["oxlint", "--type-aware", "--deny-warnings"],
  unused: ["knip"],
  purity: ["tsc", "--project", "tsconfig.pure.json"],
  architecture: ["node", "scripts/check-architecture.mjs"],
  tarballs: ["node", "scripts/check-tarballs.mjs"],
};

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(checks);
const outcomes = chosen.map((name) => {
  const [file, ...args] = checks[name] ?? [];
  if (file === undefined) {
    console.error(`check: a check must be one of ${Object.keys(checks).join(", ")}, got "${name}"`);
    process.exit(2);
  }
  console.log(`\n# ${name}: ${file} ${args.join(" ")}`);
  const { status, error } = spawnSync(file, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (error) console.error(error.message);
  return { name, passed: status === 0 };
});

mkdirSync(".results", { recursive: true });
writeFileSync(".results/checks.json", `${JSON.stringify(outcomes, undefined, 2)}\n`);
console.log(`\n${outcomes.map(({ name, passed }) => `${passed ? "passed" : "FAILED"}  ${name}`).join("\n")}`);
if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1;
