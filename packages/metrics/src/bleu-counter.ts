import { smoothingValue } from "./bleu-from-statistics.ts";
import type { BleuStatistics } from "./bleu-statistics.ts";
import { type BleuTokenizer, bleuTokenizer } from "./bleu-tokenizer.ts";
import type { BleuOptions } from "./bleu.ts";
import { closestLength } from "./closest-length.ts";
import { referenceNgrams } from "./reference-ngrams.ts";
import { trimEndWhitespace } from "./whitespace.ts";

/** How text becomes the tokens whose n-grams are counted. */
export interface BleuTokenization {
  /** The longest n-grams counted; default 4. */
  readonly maxOrder?: number;
  /** Default `"13a"`. */
  readonly tokenizer?: BleuTokenizer;
  /** Compare in lower case; default false. */
  readonly lowercase?: boolean;
}

/** Counts segments into rows of numbers: hypothesis length, reference length, matches of each order, totals of each. */
export interface BleuCounter {
  /** The numbers of a row, 2 + 2 maxOrder. */
  readonly width: number;
  /** Adds the counts of a segment against its references, one or more, to `sums` [width]. */
  add(hypothesis: string, references: readonly string[], sums: Float64Array): void;
}

/**
 * Checks all options once, in the name of `caller`, before anything is counted. Keeps the last references, for systems that
 * are counted in turn.
 */
export function bleuCounter(caller: string, options: BleuOptions): BleuCounter {
  const { maxOrder = 4, tokenizer = "13a", lowercase = false, smoothing } = options;
  if (!Number.isSafeInteger(maxOrder) || maxOrder < 1) {
    throw new RangeError(`${caller}: maxOrder must be a positive integer, got ${maxOrder}`);
  }
  if (smoothing) smoothingValue(caller, smoothing);
  const tokenize = bleuTokenizer(caller, tokenizer);
  const tokens = (text: string) => tokenize(trimEndWhitespace(lowercase ? text.toLowerCase() : text));
  const ngrams = referenceNgrams(maxOrder);
  let last: readonly string[] = [];
  let lengths: readonly number[] = [];

  return {
    width: 2 + 2 * maxOrder,
    add(hypothesis, references, sums) {
      if (references.length !== last.length || references.some((reference, k) => reference !== last[k])) {
        const referenceTokens = references.map(tokens);
        last = [...references];
        lengths = referenceTokens.map(({ length }) => length);
        ngrams.set(referenceTokens);
      }
      const hypothesisTokens = tokens(hypothesis);
      const { length } = hypothesisTokens;
      sums[0]! += length;
      sums[1]! += closestLength(length, lengths);
      ngrams.addMatches(hypothesisTokens, sums.subarray(2, 2 + maxOrder));
      for (let n = 0; n < Math.min(length, maxOrder); n++) sums[2 + maxOrder + n]! += length - n;
    },
  };
}

/** The record of a row of counts. */
export function bleuStatisticsOf(row: Float64Array): BleuStatistics {
  const maxOrder = (row.length - 2) / 2;
  return {
    matches: Array.from(row.subarray(2, 2 + maxOrder)),
    totals: Array.from(row.subarray(2 + maxOrder)),
    hypothesisLength: row[0]!,
    referenceLength: row[1]!,
  };
}
