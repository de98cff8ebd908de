import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const SHARED = new URL("../../../../shared/", import.meta.url);

/** A file that may not be shipped with the project and is therefore absent from most checkouts. */
export interface SharedFile {
  readonly isPresent: boolean;
  /** The reason to give when a test skips for want of the file. */
  readonly reason: string;
  /** Its text, unzipped when the name ends in `.gz`. */
  text(): string;
}

/**
 * Locates a file of the folder `shared` beside the checkout, which holds data that may not be copied into the project.
 *
 * @param path for instance `data/timemachine.txt`.
 */
export function sharedFile(path: string): SharedFile {
  const url = new URL(path, SHARED);
  return {
    isPresent: existsSync(url),
    reason: `shared/${path} may not be shipped with the project and is not here`,
    text() {
      const bytes = readFileSync(url);
      return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
    },
  };
}
