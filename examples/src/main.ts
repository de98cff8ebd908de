import { Command, CommanderError } from "commander";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describeRecord } from "./describe-record.ts";
import { EXAMPLES } from "./examples.ts";
import { dataFolder, noData } from "./read-data.ts";
import { recordResults } from "./record-results.ts";
import { runExample } from "./run-example.ts";

/** `shared/data` beside the repository: this file is two folders below the root, built or not. */
const BESIDE = fileURLToPath(new URL("../../../shared/data", import.meta.url));

const NAMES = Object.keys(EXAMPLES);
const DATA = [
  "--data <folder>",
  "where the data lies (default: ../shared/data where present, else what npm brought)",
] as const;
const log = (line: string) => console.error(line);
const reader = (folder: string | undefined) =>
  folder === undefined ? (existsSync(BESIDE) ? dataFolder(BESIDE) : noData) : dataFolder(folder);

const program = new Command("npm run").description("Reproduces the chapters of the textbooks.").exitOverride();
program
  .command("example")
  .argument("<name>", `one of ${NAMES.join(", ")}`)
  .option(...DATA)
  .option("--small", "less data and a smaller model: seconds", false)
  .action(async (name: string, { data, small }: { data?: string; small: boolean }) => {
    const record = await runExample(exampleNamed(name), { readData: reader(data), isSmall: small, log });
    console.log(describeRecord(record));
  });
program
  .command("results")
  .argument("[names...]", `which to run again (default: all): ${NAMES.join(", ")}`)
  .option(...DATA)
  .option("--render", "only write docs/results.md from the records that there are", false)
  .action(async (names: string[], { data, render }: { data?: string; render: boolean }) => {
    const chosen = render ? [] : names.length === 0 ? NAMES : names;
    await recordResults(
      chosen.map((name) => [name, exampleNamed(name)] as const),
      { readData: reader(data), log },
    );
  });

function exampleNamed(name: string) {
  if (!Object.hasOwn(EXAMPLES, name)) {
    program.error(`error: name must be one of ${NAMES.join(", ")}, got ${name}`, { exitCode: 2 });
  }
  return EXAMPLES[name]!;
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.error(`example: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
