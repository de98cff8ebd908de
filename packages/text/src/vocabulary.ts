import { indexedTokens } from "./indexed-tokens.ts";
import { tokenFrequencies } from "./token-frequencies.ts";

/** Tokens and their ids, 0 to `size - 1`; immutable. */
export interface Vocabulary {
  /** V, the number of tokens, with the unknown and the reserved ones. */
  readonly size: number;
  /** The id that stands for every token the vocabulary does not have: 0. */
  readonly unknownId: number;
  /** The tokens that have an id whether or not they occur in text, such as `<pad>`; their ids are 1, 2, ... */
  readonly reserved: readonly string[];
  /** [V] the token of each id. */
  readonly tokens: readonly string[];
  /**
   * [V] how often each id occurs in the encoded text that the vocabulary was made from; they sum to its number of
   * tokens, for the unknown id counts what the vocabulary left out.
   */
  readonly frequencies: readonly number[];
  /** The id of a token; `unknownId` when the vocabulary does not have it. */
  idOf(token: string): number;
  /** @throws RangeError when `id` is no integer from 0 to `size - 1`. */
  tokenOf(id: number): string;
  /** The id of each token, in an array that the caller owns. @param tokens borrowed. */
  encode(tokens: readonly string[]): Int32Array;
  /** The token of each id. @param ids borrowed. @throws RangeError when one is no integer from 0 to `size - 1`. */
  decode(ids: ArrayLike<number>): string[];
}

/** What a vocabulary holds besides the tokens of its text, and which of these it leaves out. */
export interface VocabularyOptions {
  /** Tokens that occur less often are left out; default 1, which keeps all. */
  readonly minFrequency?: number;
  /** Tokens that always have an id, 1, 2, ... in this order; default none. */
  readonly reserved?: readonly string[];
  /** The token of id 0, which stands for all that were left out; default `<unk>`. */
  readonly unknown?: string;
}

/**
 * The vocabulary of a text: the unknown token has id 0, the reserved ones follow in the given order, then the tokens of
 * the text by falling frequency, and in the order in which they were first seen where frequencies are equal.
 *
 * @param tokens any iterable of tokens, read once.
 * @throws RangeError when `minFrequency` is negative or NaN, or `unknown` and `reserved` name a token twice.
 * @throws TypeError when a token is not a string, as in a list of lists.
 * @see d2l 0.17, `Vocab`.
 */
export function vocabulary(
  tokens: Iterable<string>,
  { minFrequency = 1, reserved = [], unknown = "<unk>" }: VocabularyOptions = {},
): Vocabulary {
  if (!(minFrequency >= 0)) {
    throw new RangeError(`vocabulary: minFrequency must not be negative, got ${minFrequency}`);
  }
  const special = new Map([unknown, ...reserved].map((token, id) => [token, id]));
  if (special.size !== reserved.length + 1) {
    const names = JSON.stringify([unknown, ...reserved]);
    throw new RangeError(`vocabulary: unknown and reserved must be distinct tokens, got ${names}`);
  }
  const kept = [...special.keys()];
  const frequencies = kept.map(() => 0);
  for (const [token, frequency] of tokenFrequencies(tokens)) {
    const id = special.get(token) ?? (frequency < minFrequency ? 0 : kept.push(token) - 1);
    frequencies[id] = (frequencies[id] ?? 0) + frequency;
  }
  return indexedTokens({ tokens: kept, frequencies, numReserved: reserved.length });
}
