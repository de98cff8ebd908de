import { checkOpenFraction } from "../checks/check-open-fraction.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { kthLargest } from "../selection/kth-largest.ts";
import { rowEntropy, rowSoftmax } from "../selection/row-softmax.ts";
import { type WarperOptions, warperOptions } from "./warper-options.ts";

/**
 * Keeps the tokens whose probability is at least `min(epsilon, sqrt(epsilon) * exp(-H))`, H being the entropy of the
 * row: the flatter the distribution, the more stays.
 *
 * @param epsilon between 0 and 1; the paper suggests 0.0003 to 0.004.
 * @throws RangeError for any other, or a nonsense option.
 * @see Hewitt, Manning, Liang, "Truncation Sampling as Language Model Desmoothing" (2022).
 */
export function etaWarper(epsilon: number, options: WarperOptions = {}): LogitsProcessor {
  checkOpenFraction("etaWarper", "epsilon", epsilon);
  const { minTokensToKeep, filterValue } = warperOptions("etaWarper", options);
  const softmax = rowSoftmax();
  const kth = kthLargest(minTokensToKeep);
  return (scores) => {
    const row = softmax(scores);
    if (row === undefined) return;
    const eta = Math.min(epsilon, Math.sqrt(epsilon) * Math.exp(-rowEntropy(scores, row)));
    const cutoff = Math.min(row.max + Math.log(eta * row.total), kth(scores, row.loaded));
    row.loaded.replaceBelow(cutoff, filterValue, scores);
  };
}
