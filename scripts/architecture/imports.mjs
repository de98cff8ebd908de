import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { layers } from "./layers.mjs";
import { filesIn, isLibrary, workspaceMembers } from "./workspace.mjs";

const PEER = "@tensorflow/tfjs";
const NODE_FILES = /^(node:)?fs(\/|$)/;
const IMPURE = /@tensorflow\b|["'`]node:|\bconsole\./;

/**
 * Where the packages do not keep to layers.mjs: in what package.json declares, and in what the sources import.
 *
 * @param {string} root
 * @returns {string[]} one line an error: file, rule, what was found
 */
export function checkImports(root) {
  const members = workspaceMembers(root);
  const idOf = new Map(members.map(({ id, manifest }) => [manifest.name, id]));
  return [...checkTable(), ...members.flatMap((member) => checkMember(root, member, idOf))];
}

/** That the table itself has no arrow that points up, and so no cycle. */
function checkTable() {
  return Object.entries(layers).flatMap(([id, { imports }]) =>
    imports
      .filter((imported) => !isLower(imported, id))
      .map((imported) => `scripts/architecture/layers.mjs: an arrow must point down, got ${id} -> ${imported}`),
  );
}

/**
 * @param {string} lower
 * @param {string} upper
 */
function isLower(lower, upper) {
  const order = Object.keys(layers);
  return order.includes(lower) && order.indexOf(lower) < order.indexOf(upper);
}

/**
 * @param {string} root
 * @param {import("./workspace.mjs").Member} member
 * @param {Map<string, string>} idOf from the name of each package of the workspace
 */
function checkMember(root, member, idOf) {
  const { id, folder, manifest } = member;
  const rule = layers[id];
  if (rule === undefined) return [`${folder}: must have a line in scripts/architecture/layers.mjs, got none`];
  const allowed = new Set(rule.imports);
  /** @type {string[]} */
  const errors = [];
  const report = (/** @type {string} */ file, /** @type {string} */ message) =>
    errors.push(`${folder}/${file}: ${message}`);

  for (const field of ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"]) {
    for (const [name, range] of Object.entries(manifest[field] ?? {})) {
      const imported = idOf.get(name);
      if (imported === undefined) continue;
      const wanted = manifest.private ? "workspace:*" : "workspace:^";
      if (range !== wanted) report("package.json", `${name} must be "${wanted}", got "${range}"`);
      if (field === "devDependencies" ? !isLower(imported, id) : !allowed.has(imported)) {
        report("package.json", `${id} must not depend on ${imported}, got it in ${field}`);
      }
      if (field === "peerDependencies" || field === "optionalDependencies") {
        report("package.json", `${name} must be a plain dependency, got ${field}`);
      }
    }
  }
  if (rule.kind === "tensors" && manifest.peerDependencies?.[PEER] === undefined) {
    report("package.json", `a tensor package must have the peer dependency ${PEER}, got none`);
  }
  const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const tensors = installed.find((name) => name.startsWith("@tensorflow/"));
  if ((rule.kind === "pure" || rule.kind === "bytes") && tensors !== undefined) {
    report("package.json", `a ${rule.kind} package must not depend on TensorFlow.js, got ${tensors}`);
  }

  for (const path of filesIn(root, `${folder}/src`)) {
    const file = path.slice(folder.length + 1);
    const source = readFileSync(join(root, path), "utf8");
    for (const { fileName: specifier } of ts.preProcessFile(source).importedFiles) {
      const imported = idOf.get(packageName(specifier));
      if (imported !== undefined && !allowed.has(imported)) report(file, `${id} must not import ${imported}`);
      if (isLibrary(member) && NODE_FILES.test(specifier))
        report(file, `a library must not touch files, got ${specifier}`);
    }
    const impurity = rule.kind === "pure" ? IMPURE.exec(source)?.[0] : undefined;
    if (impurity !== undefined) report(file, `a pure package must not mention "${impurity}"`);
  }
  return errors;
}

/** @param {string} specifier for instance "@rnnkit/text/package.json" */
function packageName(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
