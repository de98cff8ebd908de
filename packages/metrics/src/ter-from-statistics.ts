import type { TerStatistics } from "./ter-statistics.ts";

/** A translation edit rate with all it was made of. */
export interface TerScore extends TerStatistics {
  /** Edits in a hundred reference words: 0 is perfect, and it may be more than 100. */
  readonly score: number;
}

/**
 * TER from the statistics of a corpus: 100 edits / reference length. Without any reference word it is 100, or 0 where
 * there is nothing to delete either.
 *
 * @param statistics a sum over segments.
 * @throws RangeError for statistics that are negative or infinite.
 */
export function terFromStatistics({ edits, referenceLength }: TerStatistics): TerScore {
  for (const [name, value] of Object.entries({ edits, referenceLength })) {
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(`terFromStatistics: statistics.${name} must be non-negative and finite, got ${value}`);
    }
  }
  return { score: terScoreOf(edits, referenceLength), edits, referenceLength };
}

/** As {@link terFromStatistics}, unchecked. */
export function terScoreOf(edits: number, referenceLength: number): number {
  if (referenceLength > 0) return 100 * (edits / referenceLength);
  return edits > 0 ? 100 : 0;
}
