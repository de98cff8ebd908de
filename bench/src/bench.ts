import { Command, CommanderError } from "commander";
import { toRecords } from "./benchmark.ts";
import { BENCHMARKS } from "./registry.ts";
import { table } from "./table.ts";

export interface Output {
  /** Takes a line of the result. */
  readonly print: (line: string) => void;
  /** Takes a line about the run, which is no result. */
  readonly note: (line: string) => void;
}

/**
 * The command `npm run bench`.
 *
 * @param args without the interpreter and the script, for instance `["training-step", "--json"]`.
 * @returns the exit code: 0, 1 when a benchmark fails, 2 for arguments that are wrong.
 */
export async function bench(args: readonly string[], { print, note }: Output): Promise<number> {
  const names = Object.keys(BENCHMARKS);
  const command = new Command("npm run bench --")
    .description("Measures rnnkit beside its peers and prints a table for each benchmark.")
    .argument("[name]", `the one benchmark to run: ${names.join(", ")}`)
    .option(
      "--json",
      "print one record a line: name, engine, threads, msMedian, tokensPerSecond, ratio, peerRatio",
      false,
    )
    .option("--smoke", "only show that everything runs: tiny sizes, one iteration", false)
    .option(
      "--python <path>",
      "a Python with torch, sacrebleu, transformers, tokenizers, d2l (default: RNNKIT_PYTHON, else python3)",
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => print(text.trimEnd()), writeErr: (text) => note(text.trimEnd()) });
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  const name = command.args[0];
  if (name !== undefined && !Object.hasOwn(BENCHMARKS, name)) {
    note(`bench: name must be one of ${names.join(", ")}, got ${name}`);
    return 2;
  }
  const { json, smoke, python } = command.opts<{ json: boolean; smoke: boolean; python?: string }>();
  const options = { isSmoke: smoke, python: python ?? (process.env["RNNKIT_PYTHON"] || "python3"), note };
  for (const chosen of name === undefined ? names : [name]) {
    try {
      const results = await BENCHMARKS[chosen]!(options);
      const records = toRecords(chosen, results);
      if (json) for (const record of records) print(JSON.stringify(record));
      else print(`${chosen}: ${results.job}\n${table(records, results.baseline, results.peer)}`);
    } catch (error) {
      note(`${chosen}: ${(error as Error).message}`);
      return 1;
    }
  }
  return 0;
}
