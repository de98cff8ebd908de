import { chrfCounter } from "./chrf-counter.ts";
import { chrfFScore } from "./chrf-f-score.ts";
import { type ChrfOptions, resolveChrfOptions } from "./chrf-options.ts";
import { chrfSignature } from "./chrf-signature.ts";
import type { CorpusMetric } from "./corpus-metric.ts";

/**
 * chrF for confidence intervals, significance tests and streams. Its statistics are those of sacreBLEU, in its order: for
 * each order, those of characters before those of words, the n-grams of the hypothesis, those of the reference, matches.
 *
 * @throws RangeError for an option that is nonsense.
 */
export function chrfMetric(options: ChrfOptions = {}): CorpusMetric {
  const resolved = resolveChrfOptions("chrfMetric", options);
  const counter = chrfCounter(resolved);
  return {
    name: `chrF${resolved.beta}${"+".repeat(resolved.wordOrder)}`,
    signature: (numReferences) => chrfSignature(resolved, numReferences),
    isHigherBetter: true,
    width: counter.width,
    statistics(hypothesis, references, out) {
      if (references.length === 0) throw new RangeError("chrfMetric: references must hold at least one, got 0");
      out.fill(0);
      counter.add(hypothesis, references, out);
    },
    score: (sums) => chrfFScore(sums, resolved),
  };
}
