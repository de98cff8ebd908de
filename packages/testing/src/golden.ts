import { readFileSync } from "node:fs";

/** A file made by one of the scripts in `tools/golden/`: expected values with where they come from. */
export interface Golden<Cases> {
  /** The reference implementation and its version, for instance `torch 2.13.0 nn.LSTM, float64`. */
  readonly source: string;
  /** The command that wrote the file. */
  readonly command: string;
  readonly cases: Cases;
}

/**
 * Reads `test/golden/<name>.json` beside the calling test.
 *
 * @param testUrl the test's `import.meta.url`.
 */
export function golden<Cases>(testUrl: string, name: string): Golden<Cases> {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.json`, testUrl), "utf8")) as Golden<Cases>;
}
