import { bleuCounter, bleuStatisticsOf } from "./bleu-counter.ts";
import { bleuFromStatistics } from "./bleu-from-statistics.ts";
import { bleuSignature } from "./bleu-signature.ts";
import type { BleuOptions } from "./bleu.ts";
import type { CorpusMetric } from "./corpus-metric.ts";

/**
 * BLEU for confidence intervals, significance tests and streams. Its statistics are those of sacreBLEU, in its order:
 * hypothesis length, reference length, matches of each order, totals of each order.
 *
 * Systems that are counted in turn against one segment's references cost less than one after the other: the references
 * of the call before are kept.
 *
 * @throws RangeError for an option that is nonsense.
 */
export function bleuMetric(options: BleuOptions = {}): CorpusMetric {
  const counter = bleuCounter("bleuMetric", options);
  return {
    name: "BLEU",
    signature: (numReferences) => bleuSignature(options, numReferences),
    isHigherBetter: true,
    width: counter.width,
    statistics(hypothesis, references, out) {
      if (references.length === 0) throw new RangeError("bleuMetric: references must hold at least one, got 0");
      out.fill(0);
      counter.add(hypothesis, references, out);
    },
    score: (sums) => bleuFromStatistics(bleuStatisticsOf(sums), options).score,
  };
}
