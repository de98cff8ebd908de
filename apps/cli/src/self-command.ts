import { basename, relative } from "node:path";

/** How a reader starts this very command again: `rnnkit`, or the script's path where it was started by that. */
export function selfCommand(): string {
  const script = process.argv[1] ?? "rnnkit";
  return basename(script) === "rnnkit" ? "rnnkit" : `node ${relative(process.cwd(), script)}`;
}
