// Holds the workspace to docs/architecture.md and to the house's skeleton of a package; prints one line an error.
import { fileURLToPath } from "node:url";
import { checkImports } from "./architecture/imports.mjs";
import { checkSkeleton } from "./architecture/skeleton.mjs";
import { checkSourceFiles } from "./architecture/source-files.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const errors = [...checkImports(root), ...checkSkeleton(root), ...checkSourceFiles(root)];
for (const error of errors) console.error(error);
console.log(errors.length === 0 ? "No package leaves its layer or the skeleton." : `${errors.length} errors`);
if (errors.length > 0) process.exitCode = 1;
