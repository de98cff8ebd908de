import { checkCounts } from "./check-counts.ts";
import { checkPairs } from "./check-pairs.ts";
import { type ErrorRateStatistics, errorRateStatistics, sumErrorRateStatistics } from "./error-rate-statistics.ts";
import { splitWhitespace, trimWhitespace } from "./whitespace.ts";

/** An error rate with all it was made of. */
export interface ErrorRate extends ErrorRateStatistics {
  /** A fraction: 0 is perfect, and many insertions make it more than 1. */
  readonly rate: number;
}

/**
 * The word error rate (WER) of one corpus: edits of all segments, divided by the words of all references. Words stand
 * between whitespace; case and punctuation count, so normalise both sides first where they should not.
 *
 * @param hypotheses N segments.
 * @param references N segments, one for each hypothesis.
 * @throws TypeError for anything but strings, RangeError for no segments or unequal numbers of them.
 * @see jiwer 4, which agrees where words are separated by spaces.
 */
export function wordErrorRate(hypotheses: readonly string[], references: readonly string[]): ErrorRate {
  return errorRateOfCorpus("wordErrorRate", hypotheses, references, splitWhitespace);
}

/**
 * The character error rate (CER) of one corpus: edits of all segments, divided by the code points of all references.
 * Whitespace counts, except at both ends of a segment.
 *
 * @param hypotheses N segments.
 * @param references N segments, one for each hypothesis.
 * @throws TypeError for anything but strings, RangeError for no segments or unequal numbers of them.
 * @see jiwer 4.
 */
export function characterErrorRate(hypotheses: readonly string[], references: readonly string[]): ErrorRate {
  return errorRateOfCorpus("characterErrorRate", hypotheses, references, trimWhitespace);
}

/**
 * The error rate of statistics, (substitutions + insertions + deletions) / (hits + substitutions + deletions). Where the
 * references have no token at all it is the number of insertions, as in jiwer: 0 for a hypothesis that is empty too.
 *
 * @param statistics a sum over segments.
 * @throws RangeError for statistics that are no counts.
 */
export function errorRateFromStatistics(statistics: ErrorRateStatistics): ErrorRate {
  const { hits, substitutions, insertions, deletions } = statistics;
  checkCounts("errorRateFromStatistics", { hits, substitutions, insertions, deletions });
  const referenceLength = hits + substitutions + deletions;
  const rate = (substitutions + insertions + deletions) / Math.max(1, referenceLength);
  return { rate, hits, substitutions, insertions, deletions };
}

function errorRateOfCorpus(
  caller: string,
  hypotheses: readonly string[],
  references: readonly string[],
  tokenize: (text: string) => string | readonly string[],
): ErrorRate {
  checkPairs(caller, { hypotheses, references });
  if (hypotheses.length === 0) throw new RangeError(`${caller}: hypotheses must hold at least one segment, got 0`);
  for (const [name, segments] of Object.entries({ hypotheses, references })) {
    const other = segments.findIndex((segment) => typeof segment !== "string");
    if (other >= 0) throw new TypeError(`${caller}: ${name}[${other}] must be a string, got ${typeof segments[other]}`);
  }
  const statistics = hypotheses.map((hypothesis, i) =>
    errorRateStatistics(tokenize(hypothesis), tokenize(references[i]!)),
  );
  return errorRateFromStatistics(sumErrorRateStatistics(statistics));
}
