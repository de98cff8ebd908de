import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Example } from "./example.ts";
import { EXAMPLES } from "./examples.ts";
import type { ReadData } from "./read-data.ts";
import { renderResults, type SavedRecord } from "./render-results.ts";
import { runExample } from "./run-example.ts";

const ROOT = new URL("../../", import.meta.url);

/**
 * Runs examples in full. Each writes its record, `examples/results/NAME.json`, and its drawings, `docs/results/*.svg`; then
 * docs/results.md is written from the records of all.
 */
export async function recordResults(
  chosen: readonly (readonly [name: string, example: Example])[],
  { readData, log }: { readData: ReadData; log: (line: string) => void },
): Promise<void> {
  for (const folder of ["examples/results/", "docs/results/"]) mkdirSync(new URL(folder, ROOT), { recursive: true });
  for (const [name, example] of chosen) {
    log(`${name} ...`);
    const { drawings = {}, ...record } = await runExample(example, { readData, isSmall: false, log });
    for (const [file, svg] of Object.entries(drawings)) writeFileSync(new URL(`docs/results/${file}`, ROOT), svg);
    const saved: SavedRecord = { ...record, drawings: Object.keys(drawings) };
    writeFileSync(recordFile(name), `${JSON.stringify(saved, undefined, 2)}\n`);
    log(`${name}: ${record.seconds} s`);
  }
  const records = Object.keys(EXAMPLES).flatMap((name) =>
    existsSync(recordFile(name))
      ? [[name, JSON.parse(readFileSync(recordFile(name), "utf8")) as SavedRecord] as const]
      : [],
  );
  writeFileSync(new URL("docs/results.md", ROOT), renderResults(EXAMPLES, Object.fromEntries(records)));
}

const recordFile = (name: string) => new URL(`examples/results/${name}.json`, ROOT);
