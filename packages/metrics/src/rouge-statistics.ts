import type { PrecisionRecallF1 } from "./precision-recall-f1.ts";
import { mapVariants, type RougeScores, scoreRouge, tokenizeLines } from "./rouge-scores.ts";
import { tokenizeRouge } from "./tokenize-rouge.ts";

/** What ROUGE needs to know of a segment, whose scores are averaged: records of segments or workers add up. */
export interface RougeStatistics {
  /** The scores of all segments summed. */
  readonly totals: RougeScores;
  /** The number of segments. */
  readonly count: number;
}

/** How text becomes the words that are compared. */
export interface RougeOptions {
  /** Default that of rouge-score: lower case, runs of a to z and digits. Other scripts need another. */
  readonly tokenizer?: (text: string) => readonly string[];
}

/**
 * The ROUGE statistics of one segment: for each variant, the scores against the reference with the best F1.
 *
 * @param references one or more.
 * @throws RangeError for no reference.
 */
export function rougeStatistics(
  hypothesis: string,
  references: readonly string[],
  { tokenizer = tokenizeRouge }: RougeOptions = {},
): RougeStatistics {
  if (references.length === 0) throw new RangeError("rougeStatistics: references must hold at least one, got 0");
  const tokens = tokenizeLines(hypothesis, tokenizer);
  const scores = references.map((reference) => scoreRouge(tokens, tokenizeLines(reference, tokenizer)));
  return { totals: mapVariants((variant) => best(scores.map((score) => score[variant]))), count: 1 };
}

/** The statistics of several segments taken together; of none, zero segments. */
export function sumRougeStatistics(statistics: Iterable<RougeStatistics>): RougeStatistics {
  const parts = [...statistics];
  const total = (variant: keyof RougeScores, score: keyof PrecisionRecallF1) =>
    parts.reduce((sum, { totals }) => sum + totals[variant][score], 0);
  return {
    totals: mapVariants((variant) => ({
      precision: total(variant, "precision"),
      recall: total(variant, "recall"),
      f1: total(variant, "f1"),
    })),
    count: parts.reduce((sum, { count }) => sum + count, 0),
  };
}

/** The first of the best, compared in rouge-score's arithmetic, whose rounding can tell equal fractions apart. */
function best(scores: readonly PrecisionRecallF1[]): PrecisionRecallF1 {
  const harmonicMean = ({ precision, recall }: PrecisionRecallF1) =>
    (2 * precision * recall) / (precision + recall) || 0;
  return scores.reduce((first, second) => (harmonicMean(second) > harmonicMean(first) ? second : first));
}
