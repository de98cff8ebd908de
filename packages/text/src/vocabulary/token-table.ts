import { type TokenIndex, tokenIndex } from "./token-index.ts";

/** Distinct tokens in the order in which they were first seen, with how often each was. */
export interface TokenTable {
  readonly index: TokenIndex;
  /** By the number of the token. */
  readonly counts: number[];
}

export function emptyTable(): TokenTable {
  return { index: tokenIndex(), counts: [] };
}

/**
 * The number of a token, which is given the next one if it is new.
 *
 * @param caller the name of the public function, for the message.
 * @throws TypeError when it is not a string.
 */
export function placeOf({ index, counts }: TokenTable, token: string, caller: string): number {
  if (typeof token !== "string") {
    throw new TypeError(`${caller}: tokens must be strings, got ${Array.isArray(token) ? "array" : typeof token}`);
  }
  const place = index.place(token);
  if (place === counts.length) counts.push(0);
  return place;
}

/** Counts tokens, and says how many there were. @throws TypeError when one is not a string, as in a list of lists. */
export function countInto(table: TokenTable, tokens: Iterable<string>, caller: string): number {
  if (typeof tokens === "string") {
    throw new TypeError(
      `${caller}: tokens must be an iterable of strings, got one string, which is not cut into tokens`,
    );
  }
  const { counts } = table;
  let total = 0;
  for (const token of tokens) {
    counts[placeOf(table, token, caller)]!++;
    total++;
  }
  return total;
}

/** Adds counts made elsewhere, and says how many tokens they stand for. @throws RangeError for what is no count. */
export function addCountsInto(
  table: TokenTable,
  added: Iterable<readonly [token: string, count: number]>,
  caller: string,
): number {
  let total = 0;
  for (const [token, count] of added) {
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new RangeError(`${caller}: counts must be positive integers, got ${count} of ${JSON.stringify(token)}`);
    }
    table.counts[placeOf(table, token, caller)]! += count;
    total += count;
  }
  return total;
}
