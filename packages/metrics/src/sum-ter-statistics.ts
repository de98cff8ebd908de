import type { TerStatistics } from "./ter-statistics.ts";

/** The statistics of several segments taken together; of none, zero. */
export function sumTerStatistics(statistics: Iterable<TerStatistics>): TerStatistics {
  let edits = 0;
  let referenceLength = 0;
  for (const part of statistics) {
    edits += part.edits;
    referenceLength += part.referenceLength;
  }
  return { edits, referenceLength };
}
