import { checkOpenFraction } from "../checks/check-open-fraction.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { kthLargest } from "../selection/kth-largest.ts";
import { rowSoftmax } from "../selection/row-softmax.ts";
import { type WarperOptions, warperOptions } from "./warper-options.ts";

/**
 * Keeps the tokens whose probability is at least `epsilon`.
 *
 * @param epsilon between 0 and 1.
 * @throws RangeError for any other, or a nonsense option.
 * @see Hewitt, Manning, Liang, "Truncation Sampling as Language Model Desmoothing" (2022).
 */
export function epsilonWarper(epsilon: number, options: WarperOptions = {}): LogitsProcessor {
  checkOpenFraction("epsilonWarper", "epsilon", epsilon);
  const { minTokensToKeep, filterValue } = warperOptions("epsilonWarper", options);
  const softmax = rowSoftmax();
  const kth = kthLargest(minTokensToKeep);
  return (scores) => {
    const row = softmax(scores);
    if (row === undefined) return;
    const cutoff = Math.min(row.max + Math.log(epsilon * row.total), kth(scores, row.loaded));
    row.loaded.replaceBelow(cutoff, filterValue, scores);
  };
}
