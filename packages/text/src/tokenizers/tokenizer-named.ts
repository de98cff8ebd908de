import { bytes } from "./bytes.ts";
import { characters } from "./characters.ts";
import { graphemes } from "./graphemes.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { treebank } from "./treebank.ts";
import { words } from "./words.ts";

const TOKENIZERS: readonly Tokenizer[] = [characters, graphemes, bytes, words, treebank];

/**
 * The tokenizer of this package that has the given name and no settings.
 *
 * @throws RangeError when there is none.
 */
export function tokenizerNamed(name: string): Tokenizer {
  const found = TOKENIZERS.find((tokenizer) => tokenizer.name === name);
  if (found) return found;
  const names = TOKENIZERS.map((tokenizer) => tokenizer.name).join(", ");
  throw new RangeError(`tokenizerNamed: name must be one of ${names}, got ${String(name)}`);
}
