import type { Tokenizer } from "./tokenizer.ts";
import { tokenizerNamed } from "./tokenizer-named.ts";

/** The saved form of a tokenizer: its name and, where it has any, its settings. Plain JSON. */
export interface TokenizerJSON {
  readonly name: string;
  readonly [setting: string]: unknown;
}

/**
 * Rebuilds a tokenizer from what its `toJSON` gave.
 *
 * @param json parsed JSON; a name alone stands for a tokenizer without settings. Borrowed.
 * @param tokenizers those that are not of this package, or whose settings are not saved: found by their name.
 * @throws RangeError when there is no tokenizer of that name.
 * @throws TypeError when `json` is damaged in any other way.
 */
export function tokenizerFromJSON(
  json: unknown,
  { tokenizers = [] }: { readonly tokenizers?: readonly Tokenizer[] } = {},
): Tokenizer {
  const name = typeof json === "string" ? json : (json as TokenizerJSON | null)?.name;
  if (typeof name !== "string") {
    throw new TypeError(`tokenizerFromJSON: json must be a name or have one, got ${JSON.stringify(json)}`);
  }
  return tokenizers.find((tokenizer) => tokenizer.name === name) ?? tokenizerNamed(name);
}
