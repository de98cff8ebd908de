import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The text of one file of an installed package, whose own index would read all of them. */
export function installedFile(packageName: string, path: string): string {
  const folder = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
  return readFileSync(join(folder, path), "utf8");
}
