import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkImports } from "../scripts/architecture/imports.mjs";
import { layers } from "../scripts/architecture/layers.mjs";
import { checkSkeleton } from "../scripts/architecture/skeleton.mjs";
import { checkSourceFiles } from "../scripts/architecture/source-files.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
let scratch = "";

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "rnnkit-architecture-"));
  for (const folder of ["packages", "apps", "bench", "examples", "scripts"]) {
    cpSync(join(root, folder), join(scratch, folder), {
      recursive: true,
      filter: (path) => !["node_modules", "dist", ".turbo", "golden"].includes(basename(path)),
    });
  }
});

afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const write = (path: string, text: string) => writeFileSync(join(scratch, path), text);
const edit = (path: string, change: (text: string) => string) =>
  write(path, change(readFileSync(join(scratch, path), "utf8")));
const editManifest = (path: string, change: (manifest: Record<string, unknown>) => void) =>
  edit(`${path}/package.json`, (text) => {
    const manifest = JSON.parse(text) as Record<string, unknown>;
    change(manifest);
    return JSON.stringify(manifest);
  });

it("checkImports, checkSkeleton and checkSourceFiles find nothing in the workspace as it is", () => {
  expect([...checkImports(scratch), ...checkSkeleton(scratch), ...checkSourceFiles(scratch)]).toEqual([]);
});

it.each([
  ["an import that points up", 'export * from "@rnnkit/models";', "text must not import models"],
  ["a type import of a sibling", 'export type { Batch } from "@rnnkit/samplers";', "text must not import samplers"],
  ["a dynamic import of a sibling", 'await import("@rnnkit/samplers");', "text must not import samplers"],
  ["a file read", 'import { readFile } from "fs/promises";', "a library must not touch files, got fs/promises"],
  ["a tensor", 'import * as tf from "@tensorflow/tfjs";', 'a pure package must not mention "@tensorflow"'],
  ["a built-in of Node", 'import "node:crypto";', 'a pure package must not mention ""node:"'],
  ["a log", 'console.log("here");', 'a pure package must not mention "console."'],
])("checkImports finds %s in the sources of a pure package", (_, source, error) => {
  write("packages/text/src/scratch.ts", source);
  expect(checkImports(scratch)).toContain(`packages/text/src/scratch.ts: ${error}`);
});

it("checkImports finds a file read in a tensor package", () => {
  write("packages/models/src/scratch.ts", 'import { writeFileSync } from "node:fs";');
  expect(checkImports(scratch)).toEqual([
    "packages/models/src/scratch.ts: a library must not touch files, got node:fs",
  ]);
});

it.each([
  [{ dependencies: { "@rnnkit/cells": "workspace:^" } }, "metrics must not depend on cells, got it in dependencies"],
  [
    { devDependencies: { "@rnnkit/cells": "workspace:^" } },
    "metrics must not depend on cells, got it in devDependencies",
  ],
  [
    { peerDependencies: { "@rnnkit/random": "workspace:^" } },
    "@rnnkit/random must be a plain dependency, got peerDependencies",
  ],
  [{ dependencies: { "@rnnkit/random": "^0.1.0" } }, '@rnnkit/random must be "workspace:^", got "^0.1.0"'],
  [
    { peerDependencies: { "@tensorflow/tfjs": "^4.22.0" } },
    "a pure package must not depend on TensorFlow.js, got @tensorflow/tfjs",
  ],
])("checkImports finds the declared dependency %j in a pure package", (dependencies, error) => {
  editManifest("packages/metrics", (manifest) => Object.assign(manifest, dependencies));
  expect(checkImports(scratch)).toEqual([`packages/metrics/package.json: ${error}`]);
});

it("checkImports finds a tensor package without its peer", () => {
  editManifest("packages/ops", (manifest) => delete manifest["peerDependencies"]);
  expect(checkImports(scratch)).toEqual([
    "packages/ops/package.json: a tensor package must have the peer dependency @tensorflow/tfjs, got none",
  ]);
});

it("checkImports finds a package that has no layer", () => {
  cpSync(join(scratch, "packages/random"), join(scratch, "packages/chance"), { recursive: true });
  editManifest("packages/chance", (manifest) => (manifest["name"] = "@rnnkit/chance"));
  expect(checkImports(scratch)).toEqual([
    "packages/chance: must have a line in scripts/architecture/layers.mjs, got none",
  ]);
});

it.each([
  ["sideEffects", true, "sideEffects must be false, got true"],
  ["license", "ISC", 'license must be "MIT", got "ISC"'],
  ["engines", { node: ">=18" }, 'engines must be {"node":">=20.19"}, got {"node":">=18"}'],
  ["keywords", undefined, "keywords must be present, got undefined"],
  ["main", "./dist/index.js", "must hold no other field, got main"],
  ["description", "Dice", "description must be a sentence, got Dice"],
])("checkSkeleton finds that package.json holds %s: %j", (field, value, error) => {
  editManifest("packages/random", (manifest) => (manifest[field] = value));
  expect(checkSkeleton(scratch)).toContain(`packages/random/package.json: ${error}`);
});

it("checkSkeleton finds exports whose conditions are in another order", () => {
  editManifest("packages/random", (manifest) => {
    const exports = manifest["exports"] as Record<string, Record<string, string>>;
    const { "@rnnkit/source": source, ...conditions } = exports["."]!;
    exports["."] = { ...conditions, "@rnnkit/source": source! };
  });
  expect(checkSkeleton(scratch).join()).toContain("packages/random/package.json: exports must be");
});

it.each([
  ["tsconfig.json", "{}", "tsconfig.json: must only extend the base and include src and test, got {}"],
  ["README.md", "", "README.md: must start with a title, got no file"],
  ["README.md", "# @rnnkit/random\n\n## Install\n", "README.md: must hold one ```ts block, got 0"],
  ["src/index.ts", "export const one = 1;", "got export const one = 1;"],
  ["src/index.ts", 'export * from "./seed.ts";', 'got export * from "./seed.ts";'],
  ["src/index.ts", 'export { Stepper } from "@rnnkit/decoding";', 'got export { Stepper } from "@rnnkit/decoding";'],
  ["src/index.ts", "", "src/index.ts: must re-export something, got nothing"],
])("checkSkeleton finds that %s is %j", (file, text, error) => {
  write(`packages/random/${file}`, text);
  expect(checkSkeleton(scratch).join("\n")).toContain(error);
});

it("checkSkeleton finds a README that lacks a heading", () => {
  edit("packages/random/README.md", (text) => text.replace("## Notes", "## Remarks"));
  expect(checkSkeleton(scratch).join()).toMatch(/^packages\/random\/README\.md: headings must be .*, got .*## Remarks/);
});

it("checkSkeleton finds a package without a test", () => {
  rmSync(join(scratch, "packages/random/test"), { recursive: true });
  expect(checkSkeleton(scratch)).toEqual(["packages/random/test: must hold a test, got none"]);
});

it.each([
  ["utils.ts", "a file must be named after what it holds, got utils.ts"],
  ["BeamSearch.ts", "a name must be in kebab-case, got BeamSearch.ts"],
])("checkSourceFiles finds a file named %s", (name, error) => {
  write(`packages/text/src/${name}`, "");
  expect(checkSourceFiles(scratch)).toEqual([`packages/text/src/${name}: ${error}`]);
});

it("checkSourceFiles finds a file of over 250 lines, unless its first comment gives the reason", () => {
  const lines = "export {};\n".repeat(251);
  write("packages/text/src/long.ts", lines);
  expect(checkSourceFiles(scratch)).toEqual([
    'packages/text/src/long.ts: a file must have at most 250 lines, or say "Long because" in its first comment, got 251',
  ]);
  write("packages/text/src/long.ts", `// Long because the table of the standard is.\n${lines}`);
  expect(checkSourceFiles(scratch)).toEqual([]);
  write("packages/text/src/long.ts", "");
  write("packages/text/test/long.test.ts", lines);
  expect(checkSourceFiles(scratch)).toEqual([]);
});

it("tsconfig.pure.json covers the pure packages of layers.mjs", () => {
  const config = readFileSync(join(root, "tsconfig.pure.json"), "utf8");
  const pure = Object.keys(layers).filter((id) => layers[id]?.kind === "pure");
  expect([...config.matchAll(/"packages\/(\w+)\/src"/g)].map(([, id]) => id)).toEqual(pure);
});

it("docs/architecture.md draws every package of layers.mjs with the imports that it is allowed", () => {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([a-z]+)` +\| (\w+) +\| .* \| (.*) \|$/gm)].map(([, id, kind, imports]) => [
    id,
    { kind, imports: [...imports!.matchAll(/`([a-z]+)`/g)].map(([, imported]) => imported) },
  ]);
  expect(Object.fromEntries(rows)).toEqual(layers);
});
