import { countInto, emptyTable } from "./token-table.ts";
import { vocabularyFromTable } from "./vocabulary-from-table.ts";
import type { VocabularyOptions } from "./vocabulary-options.ts";

/** Tokens and their ids, 0 to `size - 1`; immutable. */
export interface Vocabulary {
  /** V, the number of tokens, with the unknown and the reserved ones. */
  readonly size: number;
  /** The id that stands for every token the vocabulary does not have; `undefined` where such a token is an error. */
  readonly unknownId: number | undefined;
  /** The tokens, besides the unknown one, that have an id whether or not they occur in text, such as `<pad>`. */
  readonly reserved: readonly string[];
  /** [V] the token of each id. */
  readonly tokens: readonly string[];
  /**
   * [V] how often each id occurs in the encoded text that the vocabulary was made from; they sum to its number of
   * tokens, for the unknown id counts what the vocabulary left out.
   */
  readonly frequencies: readonly number[];
  /** Whether the token has an id of its own. */
  has(token: string): boolean;
  /** The id of a token; of one that the vocabulary does not have, `unknownId`. @throws RangeError when that is undefined. */
  idOf(token: string): number;
  /** @throws RangeError when `id` is no integer from 0 to `size - 1`. */
  tokenOf(id: number): string;
  /**
   * The id of each token, in an array that the caller owns. @param tokens borrowed.
   *
   * @throws TypeError when one is not a string; RangeError for a token without an id where `unknownId` is undefined.
   */
  encode(tokens: readonly string[]): Int32Array;
  /** The token of each id. @param ids borrowed. @throws RangeError when one is no integer from 0 to `size - 1`. */
  decode(ids: ArrayLike<number>): string[];
}

/**
 * The vocabulary of a corpus: with the options' defaults, the unknown token has id 0, the reserved ones follow in the given
 * order, then the tokens of the corpus by falling frequency, and in the order in which they were first seen where
 * frequencies are equal.
 *
 * @param tokens any iterable of tokens, read once.
 * @throws RangeError when there is no token, or an option is nonsense, such as a reserved token that is named twice.
 * @throws TypeError when a token is not a string, as in a list of lists.
 * @see d2l 0.17, `Vocab`.
 */
export function vocabulary(tokens: Iterable<string>, options: VocabularyOptions = {}): Vocabulary {
  const table = emptyTable();
  if (countInto(table, tokens, "vocabulary") === 0) {
    throw new RangeError("vocabulary: tokens must hold at least one, got an empty corpus");
  }
  return vocabularyFromTable("vocabulary", table, options).vocabulary;
}
