import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * The text of a file of the data folder, by its path there, unzipped where the name ends in `.gz`; `undefined` where there is
 * no such file.
 */
export type ReadData = (path: string) => string | undefined;

/** @throws RangeError when the folder is not there. */
export function dataFolder(folder: string): ReadData {
  if (!existsSync(folder)) throw new RangeError(`dataFolder: folder must exist, got ${folder}`);
  return (path) => {
    const file = join(folder, path);
    if (!existsSync(file)) return undefined;
    const bytes = readFileSync(file);
    return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  };
}

/** Where no data folder is at hand: every corpus falls back on what npm brought. */
export const noData: ReadData = () => undefined;
