import { characters } from "./characters.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { words } from "./words.ts";

const TOKENIZERS: readonly Tokenizer[] = [characters, words];

/**
 * The tokenizer of this package that has the given name, as a saved vocabulary remembers it.
 *
 * @throws RangeError when there is none.
 */
export function tokenizerNamed(name: string): Tokenizer {
  const found = TOKENIZERS.find((tokenizer) => tokenizer.name === name);
  if (found) return found;
  const names = TOKENIZERS.map((tokenizer) => tokenizer.name).join(" or ");
  throw new RangeError(`tokenizerNamed: name must be ${names}, got ${String(name)}`);
}
