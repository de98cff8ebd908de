import type { BleuStatistics } from "./bleu-statistics.ts";

/**
 * What stands in for a precision of zero, which would make the whole score zero. `exp` puts half a match, then a
 * quarter, an eighth for each further order; `floor` puts `value` matches (default 0.1); `add-k` adds `value` (default 1)
 * to matches and totals of every order above 1; `none` leaves the zero.
 */
export type BleuSmoothing =
  | { readonly method: "exp" | "none" }
  | { readonly method: "floor" | "add-k"; readonly value?: number };

/** How statistics become a score. */
export interface BleuScoring {
  /** Default `{ method: "exp" }`. */
  readonly smoothing?: BleuSmoothing;
  /** Leave out the orders for which the hypothesis is too short: for single sentences; default false. */
  readonly effectiveOrder?: boolean;
}

/** A BLEU score with all it was made of; the matches and totals are those before smoothing. */
export interface BleuScore extends BleuStatistics {
  /** 0 to 100. */
  readonly score: number;
  /** For each order, after smoothing, 0 to 100. */
  readonly precisions: readonly number[];
  /** exp(1 - reference length / hypothesis length) for a hypothesis that is too short, otherwise 1. */
  readonly brevityPenalty: number;
  /** Hypothesis length / reference length; 0 where the reference is empty. */
  readonly ratio: number;
}

/**
 * BLEU from the statistics of a corpus: brevity penalty times the geometric mean of the precisions. It is 0 when nothing
 * matches at all, whatever the smoothing.
 *
 * @param statistics a sum over segments; their order is the order of the score.
 * @throws RangeError for statistics that are no counts, or an unknown smoothing.
 * @see Papineni et al. (2002); smoothing: Chen and Cherry (2014); as sacreBLEU 2.6.
 */
export function bleuFromStatistics(
  statistics: BleuStatistics,
  { smoothing = { method: "exp" }, effectiveOrder = false }: BleuScoring = {},
): BleuScore {
  checkStatistics(statistics);
  const smoothed = smoothedPrecisions(statistics, smoothing);
  const { matches, totals, hypothesisLength, referenceLength } = statistics;
  const precisions = [...smoothed, ...totals.slice(smoothed.length).map(() => 0)];
  const averaged = effectiveOrder ? smoothed : precisions;
  const brevityPenalty = hypothesisLength < referenceLength ? Math.exp(1 - referenceLength / hypothesisLength) : 1;
  let logarithms = 0;
  for (const precision of averaged) logarithms += Math.log(precision);
  return {
    score: smoothed.length === 0 ? 0 : brevityPenalty * Math.exp(logarithms / averaged.length),
    precisions,
    matches,
    totals,
    brevityPenalty,
    hypothesisLength,
    referenceLength,
    ratio: referenceLength === 0 ? 0 : hypothesisLength / referenceLength,
  };
}

/** The precisions up to the first order that has no n-grams; none at all when nothing matches. */
function smoothedPrecisions({ matches, totals }: BleuStatistics, smoothing: BleuSmoothing): number[] {
  const { method } = smoothing;
  const value = smoothingValue("bleuFromStatistics", smoothing) ?? 0;
  const precisions: number[] = [];
  if (matches.every((count) => count === 0)) return precisions;
  let halvings = 1;
  for (let n = 0; n < matches.length; n++) {
    const added = method === "add-k" && n > 0 ? value : 0;
    const count = matches[n]! + added;
    const total = totals[n]! + added;
    if (total === 0) break;
    if (count > 0) precisions.push((100 * count) / total);
    else if (method === "exp") precisions.push(100 / ((halvings *= 2) * total));
    else if (method === "floor") precisions.push((100 * value) / total);
    else precisions.push(0);
  }
  return precisions;
}

/** The number that goes with the method, checked in the name of `caller`; `undefined` where none does. */
export function smoothingValue(caller: string, smoothing: BleuSmoothing): number | undefined {
  const { method } = smoothing;
  if (method === "exp" || method === "none") return undefined;
  if (method !== "floor" && method !== "add-k") {
    throw new RangeError(
      `${caller}: smoothing.method must be "exp", "floor", "add-k" or "none", got ${String(method)}`,
    );
  }
  const { value = method === "floor" ? 0.1 : 1 } = smoothing;
  if (!(value >= 0 && value < Infinity)) {
    throw new RangeError(`${caller}: smoothing.value must be non-negative and finite, got ${value}`);
  }
  return value;
}

function checkStatistics({ matches, totals, hypothesisLength, referenceLength }: BleuStatistics): void {
  if (matches.length === 0 || matches.length !== totals.length) {
    throw new RangeError(
      `bleuFromStatistics: matches and totals must have one count an order, got ${matches.length} and ${totals.length}`,
    );
  }
  for (const count of [...matches, ...totals, hypothesisLength, referenceLength]) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`bleuFromStatistics: statistics must be non-negative integers, got ${count}`);
    }
  }
}
