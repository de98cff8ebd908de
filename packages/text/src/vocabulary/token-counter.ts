import { addCountsInto, countInto, emptyTable } from "./token-table.ts";

/**
 * Counts the tokens of a corpus part by part, so that none of it need be kept. Iterates over tokens and their counts in the
 * order in which the tokens were first seen, for `vocabularyFromCounts` and whatever else takes counts.
 */
export interface TokenCounter extends Iterable<readonly [token: string, count: number]> {
  /** How many tokens were counted. */
  readonly total: number;
  /** How many different ones. */
  readonly size: number;
  /** 0 for a token that was not seen. */
  countOf(token: string): number;
  /** @param tokens borrowed. @throws TypeError when one is not a string, as in a list of lists. */
  add(tokens: Iterable<string>): void;
  /**
   * Merges what was counted elsewhere, by another worker or in another file.
   *
   * @throws RangeError when a count is no positive integer.
   */
  addCounts(counts: Iterable<readonly [token: string, count: number]>): void;
}

/** A counter that has seen nothing. */
export function tokenCounter(): TokenCounter {
  const table = emptyTable();
  let total = 0;
  return {
    get total() {
      return total;
    },
    get size() {
      return table.counts.length;
    },
    countOf(token) {
      return table.counts[table.index.find(token)] ?? 0;
    },
    add(tokens) {
      total += countInto(table, tokens, "TokenCounter.add");
    },
    addCounts(counts) {
      total += addCountsInto(table, counts, "TokenCounter.addCounts");
    },
    *[Symbol.iterator]() {
      for (const [place, token] of table.index.tokens.entries()) yield [token, table.counts[place]!] as const;
    },
  };
}
