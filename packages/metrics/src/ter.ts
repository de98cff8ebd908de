import { checkStreams, type ReferenceStreams, referencesOf } from "./check-streams.ts";
import { terCounter } from "./ter-counter.ts";
import { terFromStatistics, type TerScore } from "./ter-from-statistics.ts";
import type { TerOptions } from "./ter-options.ts";

/**
 * The translation edit rate (TER) of one corpus, as sacreBLEU 2.6 computes it: the edits of all segments, shifts of words
 * among them, in a hundred words of the references. Less is better.
 *
 * @param hypotheses N segments of plain text.
 * @param references K streams of N segments each: `references[k][i]` belongs to `hypotheses[i]`; `undefined` or `null`
 *   where a segment has fewer references than others. The edits are those against the nearest, the length is the mean.
 * @throws TypeError for anything but strings, RangeError where the numbers of segments differ.
 * @see Snover et al., "A Study of Translation Edit Rate with Targeted Human Annotation" (2006).
 */
export function ter(hypotheses: readonly string[], references: ReferenceStreams, options: TerOptions = {}): TerScore {
  checkStreams("ter", hypotheses, references);
  const count = terCounter(options);
  const sums = new Float64Array(2);
  hypotheses.forEach((hypothesis, i) => count(hypothesis, referencesOf(i, references), sums));
  return terFromStatistics({ edits: sums[0]!, referenceLength: sums[1]! });
}
