import type { BleuStatistics } from "./bleu-statistics.ts";

/**
 * The statistics of several segments taken together.
 *
 * @param statistics one or more, all of the same maximal order.
 * @throws RangeError for none, or for unequal orders.
 */
export function sumBleuStatistics(statistics: Iterable<BleuStatistics>): BleuStatistics {
  const [first, ...others] = statistics;
  if (!first) throw new RangeError("sumBleuStatistics: statistics must hold at least one record, got 0");
  const matches = [...first.matches];
  const totals = [...first.totals];
  let { hypothesisLength, referenceLength } = first;
  for (const part of others) {
    if (part.matches.length !== matches.length || part.totals.length !== totals.length) {
      throw new RangeError(
        `sumBleuStatistics: statistics must share one maximal order, got ${matches.length} and ${part.matches.length}`,
      );
    }
    for (let n = 0; n < matches.length; n++) {
      matches[n]! += part.matches[n]!;
      totals[n]! += part.totals[n]!;
    }
    hypothesisLength += part.hypothesisLength;
    referenceLength += part.referenceLength;
  }
  return { matches, totals, hypothesisLength, referenceLength };
}
