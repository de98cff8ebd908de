import { countInto, emptyTable } from "./token-table.ts";

/**
 * How often each token occurs: the most frequent first, and of equally frequent ones the one seen first.
 *
 * @param tokens any iterable, read once.
 * @throws TypeError when one is not a string, as in a list of lists.
 */
export function tokenFrequencies(tokens: Iterable<string>): [token: string, frequency: number][] {
  const table = emptyTable();
  countInto(table, tokens, "tokenFrequencies");
  return table.index.tokens
    .map((token, place): [string, number] => [token, table.counts[place]!])
    .sort(([, a], [, b]) => b - a);
}
