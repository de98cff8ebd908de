import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import { emptyTable, placeOf } from "./token-table.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { vocabularyFromTable } from "./vocabulary-from-table.ts";
import type { VocabularyOptions } from "./vocabulary-options.ts";

/** How a corpus is cut, and what its vocabulary holds. */
export interface EncodeCorpusOptions extends VocabularyOptions {
  readonly tokenizer: Tokenizer;
}

/**
 * From texts to the ids of all their tokens, one after the other, with the vocabulary that they make. The same as `vocabulary`
 * of all tokens and its `encode`, but each token is looked up once, and no list of all tokens is made.
 *
 * @param texts any iterable, read once: the lines of a book, for instance. One string alone goes into an array.
 * @returns `ids`, which the caller owns, and `vocabulary`.
 * @throws RangeError when the texts hold no token, or an option is nonsense.
 */
export function encodeCorpus(
  texts: Iterable<string>,
  { tokenizer, ...options }: EncodeCorpusOptions,
): { ids: Int32Array; vocabulary: Vocabulary } {
  if (typeof texts === "string") {
    throw new TypeError("encodeCorpus: texts must be an iterable of strings, got one string: put it into an array");
  }
  const table = emptyTable();
  let ids = new Int32Array(4096);
  let length = 0;
  for (const text of texts) {
    const tokens = tokenizer.encode(text);
    if (length + tokens.length > ids.length) {
      const larger = new Int32Array(Math.max(2 * ids.length, length + tokens.length));
      larger.set(ids);
      ids = larger;
    }
    for (let i = 0; i < tokens.length; i++) {
      const place = placeOf(table, tokens[i]!, "encodeCorpus");
      table.counts[place]!++;
      ids[length++] = place;
    }
  }
  if (length === 0) throw new RangeError("encodeCorpus: texts must hold at least one token, got an empty corpus");
  const vocabulary = vocabularyFromTable("encodeCorpus", table, options);
  const idOfPlace = vocabulary.encode([...table.index.tokens]);
  for (let i = 0; i < length; i++) ids[i] = idOfPlace[ids[i]!]!;
  return { ids: ids.slice(0, length), vocabulary };
}
