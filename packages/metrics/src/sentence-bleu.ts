import { bleuCounter, bleuStatisticsOf } from "./bleu-counter.ts";
import { type BleuScore, bleuFromStatistics } from "./bleu-from-statistics.ts";
import type { BleuOptions } from "./bleu.ts";

/**
 * BLEU of one sentence, as sacreBLEU's `sentence_bleu`: as {@link bleu}, but `effectiveOrder` is true by default, so that a
 * sentence of three words can score. The mean over sentences is not the BLEU of the corpus.
 *
 * @param hypothesis plain text, not tokenised.
 * @param references one or more.
 * @throws TypeError for anything but strings, RangeError for no reference or an option that is nonsense.
 */
export function sentenceBleu(hypothesis: string, references: readonly string[], options: BleuOptions = {}): BleuScore {
  if (typeof hypothesis !== "string") {
    throw new TypeError(`sentenceBleu: hypothesis must be a string, got ${typeof hypothesis}`);
  }
  if (!Array.isArray(references)) {
    throw new TypeError(`sentenceBleu: references must be an array of strings, got ${typeof references}`);
  }
  if (references.length === 0) throw new RangeError("sentenceBleu: references must hold at least one, got 0");
  const other = references.findIndex((reference) => typeof reference !== "string");
  if (other >= 0) {
    throw new TypeError(`sentenceBleu: references[${other}] must be a string, got ${typeof references[other]}`);
  }
  const counter = bleuCounter("sentenceBleu", options);
  const row = new Float64Array(counter.width);
  counter.add(hypothesis, references, row);
  const { effectiveOrder = true } = options;
  return bleuFromStatistics(bleuStatisticsOf(row), { ...options, effectiveOrder });
}
