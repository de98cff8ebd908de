import { checkPairs } from "./check-pairs.ts";
import type { ClassCounts } from "./class-scores.ts";
import { type EntitySpan, type EntitySpansOptions, spansOf, type TagScheme } from "./entity-spans.ts";

/** The counts of spans of each type that occurs, in alphabetical order; records of sequences or workers add up. */
export type SpanStatistics = readonly ClassCounts<string>[];

/**
 * Counts the spans of one sequence, for `sumSpanStatistics`. A span is correct if its type, its start and its end are.
 *
 * @param predictions T tags, one a token. Borrowed.
 * @param references T tags, one a token. Borrowed.
 * @param options see {@link EntitySpansOptions}.
 * @throws TypeError for what is no array, RangeError for unequal lengths, what is no tag, or none of the scheme.
 */
export function spanStatistics(
  predictions: readonly string[],
  references: readonly string[],
  { strictScheme }: EntitySpansOptions = {},
): SpanStatistics {
  return countSpans("spanStatistics", "", { predictions, references, strictScheme });
}

/** {@link spanStatistics}, in errors called `caller` and its arguments `predictions${index}` and `references${index}`. */
export function countSpans(
  caller: string,
  index: string,
  sequence: {
    readonly predictions: readonly string[];
    readonly references: readonly string[];
    readonly strictScheme: TagScheme | undefined;
  },
): SpanStatistics {
  const { predictions, references, strictScheme } = sequence;
  checkPairs(caller, { [`predictions${index}`]: predictions, [`references${index}`]: references });
  const predicted = spansOf(`${caller}: predictions${index}`, predictions, strictScheme);
  const actual = spansOf(`${caller}: references${index}`, references, strictScheme);
  const keyOf = ({ type, start, end }: EntitySpan) => `${start} ${end} ${type}`;
  const actualKeys = new Set(actual.map(keyOf));
  return sumSpanStatistics([
    actual.map(({ type }) => ({ label: type, correct: 0, predicted: 0, actual: 1 })),
    predicted.map((span) => ({
      label: span.type,
      correct: actualKeys.has(keyOf(span)) ? 1 : 0,
      predicted: 1,
      actual: 0,
    })),
  ]);
}

/** The statistics of several sequences taken together; of none, no type. */
export function sumSpanStatistics(statistics: Iterable<SpanStatistics>): SpanStatistics {
  const sums = new Map<string, { label: string; correct: number; predicted: number; actual: number }>();
  for (const part of statistics) {
    for (const { label, correct, predicted, actual } of part) {
      let sum = sums.get(label);
      if (!sum) sums.set(label, (sum = { label, correct: 0, predicted: 0, actual: 0 }));
      sum.correct += correct;
      sum.predicted += predicted;
      sum.actual += actual;
    }
  }
  return [...sums.values()].sort((left, right) => (left.label < right.label ? -1 : 1));
}
