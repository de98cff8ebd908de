import { checkCounts } from "./check-counts.ts";
import { chrfFScore } from "./chrf-f-score.ts";
import { type ChrfScoring, resolveChrfScoring } from "./chrf-options.ts";
import type { ChrfStatistics } from "./chrf-statistics.ts";

/** A chrF score with all it was made of. */
export interface ChrfScore extends ChrfStatistics {
  /** 0 to 100. */
  readonly score: number;
  /** Matches / n-grams of the hypothesis for each order, 0 to 100; 0 where there are none. */
  readonly precisions: readonly number[];
  /** Matches / n-grams of the reference for each order, 0 to 100; 0 where there are none. */
  readonly recalls: readonly number[];
}

/**
 * chrF from the statistics of a corpus: F = (1 + beta^2) P R / (beta^2 P + R), P and R the means over the orders, those of
 * characters and of words alike.
 *
 * @param statistics a sum over segments.
 * @throws RangeError for statistics that are no counts, or an option that is nonsense.
 * @see Popović, "chrF: character n-gram F-score for automatic MT evaluation" (2015); as sacreBLEU 2.6.
 */
export function chrfFromStatistics(statistics: ChrfStatistics, options: ChrfScoring = {}): ChrfScore {
  const scoring = resolveChrfScoring("chrfFromStatistics", options);
  checkStatistics(statistics);
  const { matches, hypothesisTotals, referenceTotals } = statistics;
  const row = matches.flatMap((count, n) => [hypothesisTotals[n]!, referenceTotals[n]!, count]);
  const percentages = (totals: readonly number[]) =>
    totals.map((total, n) => (total > 0 ? (100 * matches[n]!) / total : 0));
  return {
    score: chrfFScore(row, scoring),
    precisions: percentages(hypothesisTotals),
    recalls: percentages(referenceTotals),
    matches,
    hypothesisTotals,
    referenceTotals,
  };
}

function checkStatistics({ matches, hypothesisTotals, referenceTotals }: ChrfStatistics): void {
  const lengths = [matches.length, hypothesisTotals.length, referenceTotals.length];
  if (matches.length === 0 || lengths.some((length) => length !== matches.length)) {
    throw new RangeError(
      `chrfFromStatistics: statistics must hold counts of the same orders, got ${lengths.join(", ")}`,
    );
  }
  for (const [name, counts] of Object.entries({ matches, hypothesisTotals, referenceTotals })) {
    counts.forEach((count, n) => checkCounts("chrfFromStatistics", { [`statistics.${name}[${n}]`]: count }));
  }
}
