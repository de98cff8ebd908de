import { indexedTokens } from "./indexed-tokens.ts";
import { emptyTable, placeOf } from "./token-table.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { vocabularyFromList } from "./vocabulary-from-list.ts";

/** Gives every new token the next id, for text whose tokens are not known beforehand; what it is asked to encode changes it. */
export interface GrowingVocabulary {
  readonly size: number;
  /** Whether the token has an id already. */
  has(token: string): boolean;
  /**
   * The id of each token, a new one for what was never seen, in an array that the caller owns; counts the tokens.
   * @param tokens borrowed. @throws TypeError when one is not a string.
   */
  encode(tokens: readonly string[]): Int32Array;
  /** The token of each id. @param ids borrowed. @throws RangeError when one is no integer from 0 to `size - 1`. */
  decode(ids: ArrayLike<number>): string[];
  /** The vocabulary as it is now, which no longer grows, with the same ids; this one may go on growing. */
  freeze(): Vocabulary;
}

/**
 * A vocabulary that grows.
 *
 * @param start whose ids it keeps and whose frequencies it counts on; default one that holds `<unk>`. Borrowed.
 */
export function growingVocabulary(
  start: Vocabulary = vocabularyFromList(["<unk>"], { unknown: "<unk>" }),
): GrowingVocabulary {
  const table = emptyTable();
  const { tokens } = table.index;
  start.tokens.forEach((token, id) => {
    table.counts[placeOf(table, token, "growingVocabulary")] = start.frequencies[id]!;
  });
  return {
    get size() {
      return tokens.length;
    },
    has: (token) => table.index.find(token) >= 0,
    encode(encoded) {
      const ids = new Int32Array(encoded.length);
      for (let i = 0; i < encoded.length; i++) {
        const id = placeOf(table, encoded[i]!, "GrowingVocabulary.encode");
        table.counts[id]!++;
        ids[i] = id;
      }
      return ids;
    },
    decode: (ids) =>
      Array.from(ids, (id, i) => {
        const token = tokens[id];
        if (token !== undefined) return token;
        throw new RangeError(
          `GrowingVocabulary.decode: ids must be integers from 0 to ${tokens.length - 1}, got ${id} at position ${i}`,
        );
      }),
    freeze: () =>
      indexedTokens({
        tokens: [...tokens],
        frequencies: [...table.counts],
        unknownId: start.unknownId,
        reserved: [...start.reserved],
      }),
  };
}
