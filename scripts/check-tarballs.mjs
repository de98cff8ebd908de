// Packs every package as it would be published, lints the tarballs, installs them by npm in a project outside the
// workspace (scripts/consumer), and uses them there: by import, by require(), as a command, in a page bundled by Vite, and from
// TypeScript, which checks the examples of the READMEs under strict settings.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { layers } from "./architecture/layers.mjs";
import { isLibrary, workspaceMembers } from "./architecture/workspace.mjs";
import { readmeExample } from "./readme-example.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "rnnkit-tarballs-"));
const consumer = join(scratch, "consumer");
const published = workspaceMembers(root).filter(({ manifest }) => !manifest.private);
const libraries = published.filter(isLibrary).map(({ manifest }) => manifest.name);

try {
  const tarballs = pack();
  for (const [name, tarball] of Object.entries(tarballs)) lint(name, tarball);
  install(tarballs);
  useFromJavaScript();
  useFromTypeScript();
  // Without the optional peers, which no page must need to be bundled; tests/browser runs such a page.
  run("vite", ["build", "page", "--logLevel", "error"], consumer);
  run(join(consumer, "node_modules/.bin/rnnkit"), ["--help"], consumer);
  console.log(
    `${published.length} packages install, load by import and by require(), type-check, run and are bundled.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @returns {Record<string, string>} the tarball of each package, by its name */
function pack() {
  const folder = join(scratch, "tarballs");
  const filters = published.map(({ manifest }) => `--filter=${manifest.name}`);
  run("pnpm", ["--silent", ...filters, "pack", "--pack-destination", folder], root);
  const found = published.map(({ manifest }) => {
    const stem = manifest.name.replace("@", "").replace("/", "-");
    return [manifest.name, join(folder, `${stem}-${manifest.version}.tgz`)];
  });
  if (readdirSync(folder).length !== found.length) throw new Error(`${folder} must hold ${found.length} tarballs`);
  return Object.fromEntries(found);
}

/**
 * @param {string} name
 * @param {string} tarball
 */
function lint(name, tarball) {
  run("publint", ["--strict", tarball], root);
  const files = run("tar", ["--list", "--file", tarball], root).split("\n");
  for (const file of ["README.md", "LICENSE", "package.json"]) {
    if (!files.includes(`package/${file}`))
      throw new Error(`${name}: the tarball must hold ${file}, got ${files.join(", ")}`);
  }
  // The packages are ES modules alone: the profile leaves out the resolution of Node 10, which knows no "exports", and
  // require(), which attw holds impossible and useFromJavaScript shows to work.
  if (libraries.includes(name)) run("attw", ["--profile", "esm-only", tarball], root);
}

/** @param {Record<string, string>} tarballs */
function install(tarballs) {
  cpSync(join(root, "scripts/consumer"), consumer, { recursive: true });
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const peer = "@tensorflow/tfjs";
  const range = published.map(({ manifest }) => manifest.peerDependencies?.[peer]).find(Boolean);
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", ["install", ...quiet, `${peer}@${range}`, ...Object.values(tarballs)], consumer);
}

/** Compares what each library exports and computes when it is imported with the same when it is required. */
function useFromJavaScript() {
  const load = (/** @type {string} */ file) => JSON.parse(run(process.execPath, [file], consumer));
  const imported = load("by-import.mjs");
  const required = load("by-require.cjs");
  for (const name of libraries) {
    if (!(name in imported)) throw new Error(`scripts/consumer/calls.mjs must call ${name}`);
    const { exports, value } = imported[name];
    console.log(`${name}: ${exports.length} exports, and a call gives ${JSON.stringify(value)}`);
    if (exports.length === 0 || value === undefined)
      throw new Error(`${name}: must export something and answer a call`);
    if (!isDeepStrictEqual(imported[name], required[name])) {
      throw new Error(`${name}: require() must give the same as import, got ${JSON.stringify(required[name])}`);
    }
  }
}

function useFromTypeScript() {
  for (const { id, folder } of published.filter(isLibrary)) {
    const example = readmeExample(readFileSync(join(root, folder, "README.md"), "utf8"));
    // TensorFlow.js's own declarations do not pass the compiler; those of the packages that do without it must.
    const kind = layers[id]?.kind === "tensors" ? "tensors" : "plain";
    mkdirSync(join(consumer, kind), { recursive: true });
    writeFileSync(join(consumer, kind, `${id}.ts`), example);
  }
  run("tsc", ["--project", "tsconfig.json"], consumer);
  run("tsc", ["--project", "tsconfig.tensors.json"], consumer);
}

/**
 * Runs a command and shows what it printed only when it fails.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {string} cwd
 */
function run(file, args, cwd) {
  const options = /** @type {const} */ ({ cwd, encoding: "utf8", shell: process.platform === "win32" });
  const { status, stdout, stderr, error } = spawnSync(file, args, options);
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} failed:\n${error?.message ?? stdout + stderr}`);
  return stdout;
}
