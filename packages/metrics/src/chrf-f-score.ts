import type { ChrfScoring } from "./chrf-options.ts";

/** What chrF++.py puts in place of an undefined ratio. */
const EPSILON = 1e-16;

/**
 * The F-score, 0 to 100, of the counts of n-grams of the hypothesis, of the reference, and matching, for each order.
 */
export function chrfFScore(counts: ArrayLike<number>, { beta, effectiveOrder }: Required<ChrfScoring>): number {
  const numOrders = counts.length / 3;
  const factor = beta ** 2;
  let scores = 0;
  let precisions = 0;
  let recalls = 0;
  let effective = 0;
  for (let at = 0; at < counts.length; at += 3) {
    const hypothesisTotal = counts[at]!;
    const referenceTotal = counts[at + 1]!;
    const matches = counts[at + 2]!;
    const precision = hypothesisTotal > 0 ? matches / hypothesisTotal : EPSILON;
    const recall = referenceTotal > 0 ? matches / referenceTotal : EPSILON;
    const weighted = factor * precision + recall;
    scores += weighted > 0 ? ((1 + factor) * precision * recall) / weighted : EPSILON;
    if (hypothesisTotal > 0 && referenceTotal > 0) {
      precisions += precision;
      recalls += recall;
      effective++;
    }
  }
  if (!effectiveOrder) return (100 * scores) / numOrders;
  if (precisions + recalls === 0) return 0;
  const precision = precisions / effective;
  const recall = recalls / effective;
  return 100 * (((1 + factor) * precision * recall) / (factor * precision + recall));
}
