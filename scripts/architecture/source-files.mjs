import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { filesIn } from "./workspace.mjs";

const CODE = /\.(ts|mjs|cjs)$/;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;
const EMPTY_NAMES = /^(utils?|helpers?|common|types?|misc|shared)\./;
const MOST_LINES = 250;

/**
 * Files of code that are named for nothing, or too long (tables of tests aside) to hold one concept.
 *
 * @param {string} root
 * @returns {string[]} one line an error: file, rule, what was found
 */
export function checkSourceFiles(root) {
  return ["packages", "apps", "bench", "examples", "scripts", "tests"]
    .flatMap((folder) => filesIn(root, folder))
    .filter((path) => CODE.test(path))
    .flatMap((path) => {
      const errors = [];
      const name = basename(path);
      if (!KEBAB_CASE.test(name)) errors.push(`${path}: a name must be in kebab-case, got ${name}`);
      if (EMPTY_NAMES.test(name)) errors.push(`${path}: a file must be named after what it holds, got ${name}`);
      const source = readFileSync(join(root, path), "utf8");
      const lines = source.split("\n").length - 1;
      if (lines > MOST_LINES && !name.endsWith(".test.ts") && !/\blong because\b/i.test(firstComment(source))) {
        errors.push(
          `${path}: a file must have at most ${MOST_LINES} lines, or say "Long because" in its first comment, got ${lines}`,
        );
      }
      return errors;
    });
}

/** @param {string} source */
function firstComment(source) {
  return /^\s*(\/\*.*?\*\/|(\/\/[^\n]*\n)+)/s.exec(source)?.[0] ?? "";
}
