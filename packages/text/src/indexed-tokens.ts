import type { Vocabulary } from "./vocabulary.ts";

/**
 * The vocabulary of distinct tokens in the order of their ids, the unknown one first and then the reserved ones; takes
 * ownership.
 */
export function indexedTokens({
  tokens,
  frequencies,
  numReserved,
}: {
  tokens: readonly string[];
  frequencies: readonly number[];
  numReserved: number;
}): Vocabulary {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const size = tokens.length;
  return {
    size,
    unknownId: 0,
    reserved: Object.freeze(tokens.slice(1, 1 + numReserved)),
    tokens: Object.freeze(tokens),
    frequencies: Object.freeze(frequencies),
    idOf: (token) => ids.get(token) ?? 0,
    tokenOf(id) {
      const token = tokens[id];
      if (token === undefined) {
        throw new RangeError(`Vocabulary.tokenOf: id must be an integer from 0 to ${size - 1}, got ${id}`);
      }
      return token;
    },
    encode(encoded) {
      const result = new Int32Array(encoded.length);
      for (let i = 0; i < encoded.length; i++) result[i] = ids.get(encoded[i]!) ?? 0;
      return result;
    },
    decode(decoded) {
      return Array.from(decoded, (id, i) => {
        const token = tokens[id];
        if (token === undefined) {
          throw new RangeError(
            `Vocabulary.decode: ids must be integers from 0 to ${size - 1}, got ${id} at position ${i}`,
          );
        }
        return token;
      });
    },
  };
}
