import { accuracy, type AccuracyStatistics } from "./accuracy.ts";
import { checkStreams, type ReferenceStreams, referencesOf } from "./check-streams.ts";

/** What texts are compared as. */
export interface ExactMatchOptions {
  /** Applied to every text first, for instance to lower the case; default the text as it is. */
  readonly normalize?: (text: string) => string;
}

/**
 * How many hypotheses equal one of their references; add with `sumAccuracy`.
 *
 * @param hypotheses N texts.
 * @param references K streams of N texts each: `references[k][i]` belongs to `hypotheses[i]`; `undefined` or `null` where
 * there is no such reference.
 * @throws TypeError for anything but strings, RangeError where the numbers of texts differ or are 0.
 */
export function exactMatchStatistics(
  hypotheses: readonly string[],
  references: ReferenceStreams,
  { normalize = (text) => text }: ExactMatchOptions = {},
): AccuracyStatistics {
  return countExactMatches("exactMatchStatistics", hypotheses, references, normalize);
}

/**
 * The fraction of hypotheses that equal one of their references. Nothing is forgiven: SQuAD's score, for one, compares
 * texts without case, punctuation and articles, which is for `normalize` to take away.
 *
 * @param hypotheses N texts.
 * @param references K streams of N texts each: `references[k][i]` belongs to `hypotheses[i]`.
 * @throws TypeError for anything but strings, RangeError where the numbers of texts differ or are 0.
 */
export function exactMatch(
  hypotheses: readonly string[],
  references: ReferenceStreams,
  { normalize = (text) => text }: ExactMatchOptions = {},
): number {
  return accuracy(countExactMatches("exactMatch", hypotheses, references, normalize));
}

function countExactMatches(
  caller: string,
  hypotheses: readonly string[],
  references: ReferenceStreams,
  normalize: (text: string) => string,
): AccuracyStatistics {
  checkStreams(caller, hypotheses, references);
  const isMatch = (hypothesis: string, i: number): boolean => {
    const wanted = normalize(hypothesis);
    return referencesOf(i, references).some((reference) => normalize(reference) === wanted);
  };
  return { correct: hypotheses.filter(isMatch).length, count: hypotheses.length };
}
