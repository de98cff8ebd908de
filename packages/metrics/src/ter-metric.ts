import type { CorpusMetric } from "./corpus-metric.ts";
import { terCounter } from "./ter-counter.ts";
import { terScoreOf } from "./ter-from-statistics.ts";
import type { TerOptions } from "./ter-options.ts";
import { terSignature } from "./ter-signature.ts";

/**
 * TER for confidence intervals, significance tests and streams. Its statistics are those of sacreBLEU, in its order: edits,
 * reference length.
 */
export function terMetric(options: TerOptions = {}): CorpusMetric {
  const count = terCounter(options);
  return {
    name: "TER",
    signature: (numReferences) => terSignature(options, numReferences),
    isHigherBetter: false,
    width: 2,
    statistics(hypothesis, references, out) {
      if (references.length === 0) throw new RangeError("terMetric: references must hold at least one, got 0");
      out.fill(0);
      count(hypothesis, references, out);
    },
    score: ([edits = 0, referenceLength = 0]) => terScoreOf(edits, referenceLength),
  };
}
