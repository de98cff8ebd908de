// What each package exports, types included, as a snapshot: a change of it is meant, or it is a mistake. After a change
// that is meant: npx vitest run tests/public-surface -u, and a changeset.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";
import { isLibrary, workspaceMembers } from "../scripts/architecture/workspace.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const libraries = workspaceMembers(root).filter(isLibrary);
const parts = libraries.filter(({ id }) => id !== "rnnkit").map(({ folder }) => folder);

/** The names in the `export { ... } from` statements of an index.ts; a type as `type Name`. */
function exportedNames(folder: string): string[] {
  const path = join(root, folder, "src/index.ts");
  const { statements } = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  return statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause, isTypeOnly }) =>
      exportClause === undefined || ts.isNamespaceExport(exportClause)
        ? []
        : exportClause.elements.map((name) =>
            isTypeOnly || name.isTypeOnly ? `type ${name.name.text}` : name.name.text,
          ),
    )
    .sort();
}

async function runtimeNames(folder: string): Promise<string[]> {
  const module: object = await import(/* @vite-ignore */ join(root, folder, "src/index.ts"));
  return Object.keys(module).sort();
}

it.each(parts)("%s exports what the snapshot says, and its values exist at run time", async (folder) => {
  const names = exportedNames(folder);
  expect(names).toMatchSnapshot();
  expect(await runtimeNames(folder)).toEqual(names.filter((name) => !name.startsWith("type ")));
});

it("rnnkit exports all that the packages export", async () => {
  const all = (await Promise.all(parts.map(runtimeNames))).flat();
  expect(await runtimeNames("packages/rnnkit")).toEqual(all.sort());
});

it("no two packages export the same name, which rnnkit would then export neither of", () => {
  const all = parts.flatMap(exportedNames).map((name) => name.replace("type ", ""));
  expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
});
