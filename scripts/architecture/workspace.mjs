import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * @typedef {object} Member a package, an app or the benchmarks
 * @property {string} id the name of its folder, by which layers.mjs knows it
 * @property {string} folder relative to the root, for instance "packages/random"
 * @property {Record<string, any>} manifest its package.json
 */

/**
 * The members of the workspace that lies at `root`.
 *
 * @param {string} root
 * @returns {Member[]}
 */
export function workspaceMembers(root) {
  const folders = ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((id) => `${parent}/${id}`),
  );
  return [...folders, "bench", "examples"]
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .map((folder) => ({
      id: basename(folder),
      folder,
      manifest: JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")),
    }));
}

/** @param {Member} member whether it is published and imported, as opposed to run or private */
export const isLibrary = ({ manifest }) => !manifest.private && manifest.exports !== undefined;

/**
 * The files below a folder, as paths relative to `root`, without what is installed or built.
 *
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
export function filesIn(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !NOT_OURS.has(entry.name) ? filesIn(root, path) : [];
  });
}

const NOT_OURS = new Set(["node_modules", "dist", ".git", ".turbo", ".results"]);
