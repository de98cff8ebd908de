import { type TokenIndex, tokenIndex } from "./token-index.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** The vocabulary of distinct tokens in the order of their ids; takes ownership. */
export function indexedTokens({
  tokens,
  frequencies,
  unknownId,
  reserved,
}: {
  readonly tokens: readonly string[];
  readonly frequencies: readonly number[];
  readonly unknownId: number | undefined;
  readonly reserved: readonly string[];
}): Vocabulary {
  const size = tokens.length;

  let index: TokenIndex | undefined;
  /** Made when a token is looked up for the first time: who encoded a corpus has its ids already. */
  function tokensIndexed(): TokenIndex {
    if (index === undefined) {
      index = tokenIndex(size);
      for (const each of tokens) index.place(each);
    }
    return index;
  }

  function idOfMissing(caller: string, token: unknown, position: string): number {
    if (typeof token !== "string") throw new TypeError(`${caller} must be a string, got ${typeof token}${position}`);
    if (unknownId !== undefined) return unknownId;
    throw new RangeError(
      `${caller} must be in the vocabulary, which has no unknown token, got ${JSON.stringify(token)}${position}`,
    );
  }

  return {
    size,
    unknownId,
    reserved: Object.freeze(reserved),
    tokens: Object.freeze(tokens),
    frequencies: Object.freeze(frequencies),
    has: (token) => tokensIndexed().find(token) >= 0,
    idOf(token) {
      const id = tokensIndexed().find(token);
      return id < 0 ? idOfMissing("Vocabulary.idOf: token", token, "") : id;
    },
    tokenOf(id) {
      const token = tokens[id];
      if (token === undefined) {
        throw new RangeError(`Vocabulary.tokenOf: id must be an integer from 0 to ${size - 1}, got ${id}`);
      }
      return token;
    },
    encode(encoded) {
      if (!Array.isArray(encoded)) {
        throw new TypeError(`Vocabulary.encode: tokens must be an array of strings, got ${typeof encoded}`);
      }
      const result = new Int32Array(encoded.length);
      tokensIndexed().findAll(encoded, result);
      for (let i = 0; i < result.length; i++) {
        if (result[i]! < 0) result[i] = idOfMissing("Vocabulary.encode: each token", encoded[i], ` at position ${i}`);
      }
      return result;
    },
    decode(decoded) {
      const result = [];
      for (let i = 0; i < decoded.length; i++) {
        const token = tokens[decoded[i]!];
        if (token === undefined) {
          throw new RangeError(
            `Vocabulary.decode: ids must be integers from 0 to ${size - 1}, got ${decoded[i]} at position ${i}`,
          );
        }
        result.push(token);
      }
      return result;
    },
  };
}
