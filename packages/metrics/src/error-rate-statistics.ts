import { countEdits } from "./count-edits.ts";
import { type DifferingMiddle, differingMiddle, type TokenSequence } from "./differing-middle.ts";

/** What an error rate needs to know of a segment; records of segments, files or workers add up. */
export interface ErrorRateStatistics {
  /** Reference tokens that the hypothesis has too. */
  readonly hits: number;
  /** Reference tokens for which the hypothesis has another. */
  readonly substitutions: number;
  /** Hypothesis tokens without a reference token. */
  readonly insertions: number;
  /** Reference tokens without a hypothesis token. */
  readonly deletions: number;
}

/**
 * The edits of a shortest alignment of one segment, that of `editAlignment`, in memory for two rows.
 *
 * @param hypothesis tokens, ids, or a string, whose tokens are code points. Borrowed.
 * @param reference of the same kind. Borrowed.
 * @throws TypeError for what is no sequence.
 */
export function errorRateStatistics(hypothesis: TokenSequence, reference: TokenSequence): ErrorRateStatistics {
  const middle = differingMiddle("errorRateStatistics", hypothesis, reference);
  return statisticsOfEdits(middle, countEdits(middle.hypothesis, middle.reference));
}

/** All counts from two: the lengths tell by how much insertions outnumber deletions, the distance how many both are. */
export function statisticsOfEdits(
  { hypothesis, reference, prefixLength, suffixLength }: DifferingMiddle,
  { distance, substitutions }: { readonly distance: number; readonly substitutions: number },
): ErrorRateStatistics {
  const deletions = (distance - substitutions - hypothesis.length + reference.length) / 2;
  return {
    hits: prefixLength + reference.length - substitutions - deletions + suffixLength,
    substitutions,
    insertions: distance - substitutions - deletions,
    deletions,
  };
}

/** The statistics of several segments taken together; of none, all zero. */
export function sumErrorRateStatistics(statistics: Iterable<ErrorRateStatistics>): ErrorRateStatistics {
  const sum = { hits: 0, substitutions: 0, insertions: 0, deletions: 0 };
  for (const { hits, substitutions, insertions, deletions } of statistics) {
    sum.hits += hits;
    sum.substitutions += substitutions;
    sum.insertions += insertions;
    sum.deletions += deletions;
  }
  return sum;
}
