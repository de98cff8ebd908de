import { checkSegment } from "./check-segment.ts";
import { chrfCounter } from "./chrf-counter.ts";
import { type ChrfScore, chrfFromStatistics } from "./chrf-from-statistics.ts";
import { type ChrfOptions, resolveChrfOptions } from "./chrf-options.ts";
import { chrfStatisticsOf } from "./chrf-statistics.ts";

/**
 * chrF of one sentence, as sacreBLEU's `sentence_chrf`. The mean over sentences is not the chrF of the corpus.
 *
 * @param hypothesis plain text.
 * @param references one or more, of which the one that scores best counts.
 * @throws TypeError for anything but strings, RangeError for no reference or an option that is nonsense.
 */
export function sentenceChrf(hypothesis: string, references: readonly string[], options: ChrfOptions = {}): ChrfScore {
  checkSegment("sentenceChrf", hypothesis, references);
  const counter = chrfCounter(resolveChrfOptions("sentenceChrf", options));
  const row = new Float64Array(counter.width);
  counter.add(hypothesis, references, row);
  return chrfFromStatistics(chrfStatisticsOf(row), options);
}
