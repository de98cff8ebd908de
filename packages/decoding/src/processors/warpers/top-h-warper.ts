import { topK } from "../../top-k.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { rowMaximum } from "../selection/row-maximum.ts";
import { type WarperOptions, warperOptions } from "./warper-options.ts";

/** As in Hugging Face: of a larger vocabulary only so many tokens are considered, and can be kept. */
const NUM_CANDIDATES = 100;

/**
 * Of the 100 best tokens, in a softmax of their own, keeps the best ones whose terms `-p log p` add up to at most `h`
 * times their entropy; the best one always.
 *
 * @param h above 0, up to 1.
 * @throws RangeError for any other, or a nonsense `filterValue`.
 * @see Potraghloo et al., "Top-H Decoding: Adapting the Creativity and Coherence with Bounded Entropy" (2025).
 */
export function topHWarper(h: number, options: Pick<WarperOptions, "filterValue"> = {}): LogitsProcessor {
  if (!(h > 0 && h <= 1)) throw new RangeError(`topHWarper: h must be above 0 and at most 1, got ${h}`);
  const { filterValue } = warperOptions("topHWarper", options);
  return (scores) => {
    const max = rowMaximum(scores);
    if (!Number.isFinite(max)) return;
    const kept = topK(scores, NUM_CANDIDATES).map((id) => ({ id, score: scores[id]! }));
    const total = kept.reduce((sum, { score }) => sum + Math.exp(score - max), 0);
    const logTotal = Math.log(total);
    let sum = 0;
    const sums = kept.map(({ score }) => (sum += (Math.exp(score - max) / total) * (logTotal + max - score)));
    const numKept = sums.findIndex((entropy, rank) => rank > 0 && entropy > h * sum);
    scores.fill(filterValue);
    for (const { id, score } of numKept < 0 ? kept : kept.slice(0, numKept)) scores[id] = score;
  };
}
