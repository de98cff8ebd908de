import { chrfFScore } from "./chrf-f-score.ts";
import type { ChrfOptions } from "./chrf-options.ts";
import { chrfWords } from "./chrf-words.ts";
import { internWords } from "./intern-words.ts";
import { ngramMatcher } from "./ngram-matcher.ts";
import { splitWhitespace } from "./whitespace.ts";

/**
 * Counts segments into rows of numbers: for each order, those of characters first, the n-grams of the hypothesis, those of
 * the reference, and those that match.
 */
export interface ChrfCounter {
  /** The numbers of a row, 3 (charOrder + wordOrder). */
  readonly width: number;
  /**
   * Adds to `sums` [width] the counts of a segment against that of its references, one or more, with which it scores best,
   * the first of equally good ones.
   */
  add(hypothesis: string, references: readonly string[], sums: Float64Array): void;
}

/** Keeps its tables from segment to segment. */
export function chrfCounter(options: Required<ChrfOptions>): ChrfCounter {
  const { charOrder, wordOrder, lowercase, whitespace } = options;
  const matchChars = ngramMatcher(charOrder);
  const matchWords = ngramMatcher(wordOrder);
  const charMatches = new Float64Array(charOrder);
  const wordMatches = new Float64Array(wordOrder);
  const width = 3 * (charOrder + wordOrder);
  const row = new Float64Array(width);
  const bestRow = new Float64Array(width);

  return {
    width,
    add(hypothesis, references, sums) {
      const wordIds = new Map<string, number>();
      const symbolsOf = (text: string) => {
        const cased = lowercase ? text.toLowerCase() : text;
        const parts = splitWhitespace(cased);
        return {
          chars: charOrder > 0 ? codePoints(whitespace ? [cased] : parts) : [],
          words: wordOrder > 0 ? internWords(chrfWords(parts), wordIds) : [],
        };
      };
      const { chars, words } = symbolsOf(hypothesis);
      let bestScore = -1;
      for (const reference of references) {
        const { chars: referenceChars, words: referenceWords } = symbolsOf(reference);
        matchChars(chars, referenceChars, charMatches);
        matchWords(words, referenceWords, wordMatches);
        writeCounts(charMatches, chars.length, referenceChars.length, row.subarray(0, 3 * charOrder));
        writeCounts(wordMatches, words.length, referenceWords.length, row.subarray(3 * charOrder));
        const score = references.length > 1 ? chrfFScore(row, options) : 0;
        if (score <= bestScore) continue;
        bestScore = score;
        bestRow.set(row);
      }
      for (let at = 0; at < width; at++) sums[at]! += bestRow[at]!;
    },
  };
}

function writeCounts(
  matches: Float64Array,
  hypothesisLength: number,
  referenceLength: number,
  out: Float64Array,
): void {
  for (let n = 0; n < matches.length; n++) {
    const referenceTotal = Math.max(0, referenceLength - n);
    out[3 * n] = referenceTotal > 0 ? Math.max(0, hypothesisLength - n) : 0; // no hits are expected where there is none
    out[3 * n + 1] = referenceTotal;
    out[3 * n + 2] = matches[n]!;
  }
}

function codePoints(parts: readonly string[]): number[] {
  const points: number[] = [];
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      const point = part.codePointAt(i)!;
      if (point > 0xffff) i++;
      points.push(point);
    }
  }
  return points;
}
