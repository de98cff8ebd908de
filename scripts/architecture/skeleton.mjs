import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import ts from "typescript";
import { filesIn, isLibrary, workspaceMembers } from "./workspace.mjs";

/** What package.json of a library holds; `undefined` where the value is its own. The formatter sees to the order. */
const MANIFEST = {
  name: undefined,
  version: undefined,
  description: undefined,
  keywords: undefined,
  license: "MIT",
  type: "module",
  files: ["dist", "src"],
  sideEffects: false,
  exports: {
    ".": { "@rnnkit/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./package.json": "./package.json",
  },
  publishConfig: { access: "public" },
  scripts: { build: "tsup --config ../../tsup.config.ts" },
  dependencies: undefined,
  devDependencies: undefined,
  peerDependencies: undefined,
  peerDependenciesMeta: undefined,
  engines: { node: ">=20.19" },
};
const OPTIONAL = new Set(["dependencies", "devDependencies", "peerDependencies", "peerDependenciesMeta"]);

const HEADINGS = [
  "## When to use it",
  "## When to use something else",
  "## Install",
  "## Example",
  "## API",
  "## Notes",
  "## Sources",
];

/**
 * Where a package differs from the skeleton that all share: package.json, tsconfig.json, README.md, src/index.ts, test.
 *
 * @param {string} root
 * @returns {string[]} one line an error: file, rule, what was found
 */
export function checkSkeleton(root) {
  return workspaceMembers(root).flatMap((member) => {
    const { folder, manifest } = member;
    const read = (/** @type {string} */ file) =>
      existsSync(join(root, folder, file)) ? readFileSync(join(root, folder, file), "utf8") : "";
    const errors = checkEveryMember(manifest, read("tsconfig.json"));
    const readme = read("README.md");
    if (!readme.startsWith("# "))
      errors.push(`README.md: must start with a title, got ${readme.split("\n")[0] || "no file"}`);
    else if (isLibrary(member)) errors.push(...checkReadme(manifest.name, readme));
    if (isLibrary(member)) {
      errors.push(...checkManifest(member), ...checkIndex(read("src/index.ts"), manifest.name === "rnnkit"));
    }
    if (folder !== "bench" && !filesIn(root, `${folder}/test`).some((path) => path.endsWith(".test.ts"))) {
      errors.push("test: must hold a test, got none");
    }
    return errors.map((error) => `${folder}/${error}`);
  });
}

/**
 * @param {Record<string, any>} manifest
 * @param {string} tsconfig
 */
function checkEveryMember(manifest, tsconfig) {
  const errors = [];
  for (const field of /** @type {const} */ (["type", "license"])) {
    if (manifest[field] !== MANIFEST[field]) {
      errors.push(`package.json: ${field} must be ${MANIFEST[field]}, got ${manifest[field]}`);
    }
  }
  if (!manifest.description?.endsWith(".")) {
    errors.push(`package.json: description must be a sentence, got ${manifest.description}`);
  }
  if (!/^{ "extends": "(\.\.\/)+tsconfig\.base\.json", "include": \["src"(, "test")?\] }\n$/.test(tsconfig)) {
    errors.push(
      `tsconfig.json: must only extend the base and include src and test, got ${tsconfig.trim() || "no file"}`,
    );
  }
  return errors;
}

/** @param {import("./workspace.mjs").Member} member */
function checkManifest({ id, manifest }) {
  const errors = [];
  const wanted = { ...MANIFEST, name: id === "rnnkit" ? id : `@rnnkit/${id}` };
  for (const [field, value] of Object.entries(wanted)) {
    const found = manifest[field];
    if (value === undefined ? found === undefined && !OPTIONAL.has(field) : !isSame(found, value)) {
      errors.push(`package.json: ${field} must be ${JSON.stringify(value) ?? "present"}, got ${JSON.stringify(found)}`);
    }
  }
  const unknown = Object.keys(manifest).filter((field) => !(field in wanted));
  if (unknown.length > 0) errors.push(`package.json: must hold no other field, got ${unknown.join(", ")}`);
  return errors;
}

/** Equality that also tells the order of keys apart, which `exports` gives a meaning. */
function isSame(/** @type {unknown} */ a, /** @type {unknown} */ b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * @param {string} name
 * @param {string} readme
 */
function checkReadme(name, readme) {
  const errors = [];
  const wanted = [`# ${name}`, ...HEADINGS];
  const found = readme.replace(/^```.*?^```$/gms, "").match(/^##? .*$/gm) ?? [];
  if (!isDeepStrictEqual([...found], wanted)) {
    errors.push(`README.md: headings must be ${wanted.join(", ")}, got ${found.join(", ") || "none"}`);
  }
  const examples = readme.match(/^```ts$/gm)?.length ?? 0;
  if (examples !== 1) errors.push(`README.md: must hold one \`\`\`ts block, got ${examples}`);
  return errors;
}

/**
 * @param {string} source
 * @param {boolean} isUmbrella re-exports whole packages, where others list the exports of their own files by name
 */
function checkIndex(source, isUmbrella) {
  const { statements } = ts.createSourceFile("index.ts", source, ts.ScriptTarget.Latest);
  if (statements.length === 0) return ["src/index.ts: must re-export something, got nothing"];
  return statements
    .filter((statement) => {
      if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) return true;
      const from = /** @type {ts.StringLiteral} */ (statement.moduleSpecifier).text;
      const isStar = statement.exportClause === undefined;
      return isUmbrella ? !isStar : isStar || !from.startsWith("./");
    })
    .map((statement) => {
      const text = source.slice(statement.pos, statement.end).trim().split("\n")[0];
      return `src/index.ts: must only re-export, by name and from this package (the umbrella: whole packages), got ${text}`;
    });
}
