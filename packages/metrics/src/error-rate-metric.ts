import type { CorpusMetric } from "./corpus-metric.ts";
import { errorRateFromStatistics } from "./error-rate.ts";
import { errorRateStatistics } from "./error-rate-statistics.ts";
import { splitWhitespace, trimWhitespace } from "./whitespace.ts";

/** {@link wordErrorRate} in per cent, for confidence intervals and significance tests; of one reference a segment. */
export function werMetric(): CorpusMetric {
  return errorRateMetric("wer", splitWhitespace);
}

/** {@link characterErrorRate} in per cent, for confidence intervals and significance tests; of one reference a segment. */
export function cerMetric(): CorpusMetric {
  return errorRateMetric("cer", trimWhitespace);
}

function errorRateMetric(name: "wer" | "cer", tokenize: (text: string) => string | readonly string[]): CorpusMetric {
  return {
    name: name.toUpperCase(),
    signature: (numReferences) => `nrefs:${numReferences}|case:mixed`,
    isHigherBetter: false,
    width: 4,
    statistics(hypothesis, references, out) {
      if (references.length !== 1) {
        throw new RangeError(`${name}Metric: references must be one a segment, got ${references.length}`);
      }
      const counts = errorRateStatistics(tokenize(hypothesis), tokenize(references[0]!));
      out.set([counts.hits, counts.substitutions, counts.insertions, counts.deletions]);
    },
    score(sums) {
      const [hits = 0, substitutions = 0, insertions = 0, deletions = 0] = sums;
      return 100 * errorRateFromStatistics({ hits, substitutions, insertions, deletions }).rate;
    },
  };
}
