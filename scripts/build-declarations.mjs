// Writes the types of every library into its dist/, beside the JavaScript that tsup makes: one program for all, which reads the types
// of TensorFlow.js once and not once a package. Imports of files beside lose the ending .ts, which is not published.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const emitted = join(root, "node_modules/.cache/declarations"); // as tsconfig.declarations.json says

rmSync(emitted, { recursive: true, force: true }); // or the types of a file that is gone would be published
const compiler = join(root, "node_modules/typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [compiler, "--project", "tsconfig.declarations.json"], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);

for (const name of readdirSync(emitted)) {
  const source = join(emitted, name, "src");
  for (const file of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".d.ts")) continue;
    const target = join(root, "packages", name, "dist", file);
    const text = readFileSync(join(source, file), "utf8");
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text.replaceAll(/(from |import\()"(\.[^"]*)\.ts"/g, '$1"$2.js"'));
  }
}
