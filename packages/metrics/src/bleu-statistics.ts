import { bleuCounter, bleuStatisticsOf, type BleuTokenization } from "./bleu-counter.ts";

/** What BLEU needs to know of a segment; records of segments, files or workers add up. */
export interface BleuStatistics {
  /** For each order, the n-grams of the hypothesis that a reference has too, each counted at most as often as there. */
  readonly matches: readonly number[];
  /** For each order, the n-grams of the hypothesis. */
  readonly totals: readonly number[];
  /** Tokens. */
  readonly hypothesisLength: number;
  /** Tokens of the reference whose length is closest to the hypothesis, the shorter of two equally close ones. */
  readonly referenceLength: number;
}

/**
 * The BLEU statistics of one segment against its references.
 *
 * @param references one or more.
 * @param options lower-casing comes first, then the removal of whitespace at the end, then the tokenizer.
 * @throws RangeError for no reference, a `maxOrder` that is no positive integer, or an unknown tokenizer.
 */
export function bleuStatistics(
  hypothesis: string,
  references: readonly string[],
  options: BleuTokenization = {},
): BleuStatistics {
  if (references.length === 0) throw new RangeError("bleuStatistics: references must hold at least one, got 0");
  const counter = bleuCounter("bleuStatistics", options);
  const row = new Float64Array(counter.width);
  counter.add(hypothesis, references, row);
  return bleuStatisticsOf(row);
}
