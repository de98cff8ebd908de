import { bleuCounter, bleuStatisticsOf } from "./bleu-counter.ts";
import { type BleuScore, bleuFromStatistics } from "./bleu-from-statistics.ts";
import type { BleuOptions } from "./bleu.ts";
import { checkSegment } from "./check-segment.ts";

/**
 * BLEU of one sentence, as sacreBLEU's `sentence_bleu`: as {@link bleu}, but `effectiveOrder` is true by default, so that a
 * sentence of three words can score. The mean over sentences is not the BLEU of the corpus.
 *
 * @param hypothesis plain text, not tokenised.
 * @param references one or more.
 * @throws TypeError for anything but strings, RangeError for no reference or an option that is nonsense.
 */
export function sentenceBleu(hypothesis: string, references: readonly string[], options: BleuOptions = {}): BleuScore {
  checkSegment("sentenceBleu", hypothesis, references);
  const counter = bleuCounter("sentenceBleu", options);
  const row = new Float64Array(counter.width);
  counter.add(hypothesis, references, row);
  const { effectiveOrder = true } = options;
  return bleuFromStatistics(bleuStatisticsOf(row), { ...options, effectiveOrder });
}
