import type { ChrfStatistics } from "./chrf-statistics.ts";

/**
 * The statistics of several segments taken together.
 *
 * @param statistics one or more, all of the same orders.
 * @throws RangeError for none, or for unequal orders.
 */
export function sumChrfStatistics(statistics: Iterable<ChrfStatistics>): ChrfStatistics {
  const [first, ...others] = statistics;
  if (!first) throw new RangeError("sumChrfStatistics: statistics must hold at least one record, got 0");
  const sum = {
    matches: [...first.matches],
    hypothesisTotals: [...first.hypothesisTotals],
    referenceTotals: [...first.referenceTotals],
  };
  for (const part of others) {
    for (const name of ["matches", "hypothesisTotals", "referenceTotals"] as const) {
      if (part[name].length !== sum[name].length) {
        throw new RangeError(
          `sumChrfStatistics: statistics must share their orders, got ${sum[name].length} and ${part[name].length}`,
        );
      }
      part[name].forEach((count, n) => (sum[name][n]! += count));
    }
  }
  return sum;
}
