import { characters } from "../tokenizers/characters.ts";
import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import { words } from "../tokenizers/words.ts";
import { numberList } from "./number-list.ts";
import { placeCharacters } from "./place-characters.ts";
import { placeTokens } from "./place-tokens.ts";
import { placeWords } from "./place-words.ts";
import { emptyTable } from "./token-table.ts";
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
  const list = numberList();
  // The commonest two need no string of each token.
  if (tokenizer === words) placeWords(texts, table.index, list);
  else if (tokenizer === characters) placeCharacters(texts, table.index, list);
  else placeTokens(texts, { tokenizer, table, list });
  if (list.length === 0) {
    throw new RangeError("encodeCorpus: texts must hold at least one token, got an empty corpus");
  }
  const { index } = table;
  const counts = Array.from(list.counts(index.tokens.length));
  const { vocabulary, idOfPlace } = vocabularyFromTable("encodeCorpus", { index, counts }, options);
  const missing = idOfPlace.indexOf(-1);
  if (missing >= 0) {
    const token = JSON.stringify(index.tokens[missing]);
    throw new RangeError(
      `encodeCorpus: each token must be in the vocabulary, which has no unknown token, got ${token}`,
    );
  }
  return { ids: list.lookUp(idOfPlace), vocabulary };
}
