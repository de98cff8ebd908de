import { checkPositiveInteger } from "../../check-positive-integer.ts";
import { loadRow } from "../../row-kernels/loaded-row.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { kthLargest } from "../selection/kth-largest.ts";
import { type WarperOptions, warperOptions } from "./warper-options.ts";

/**
 * Keeps the `k` best tokens, and those that are as good as the last of them.
 *
 * @param k positive; `minTokensToKeep` where that is larger.
 * @throws RangeError for any other, or a nonsense option.
 * @see Fan, Lewis, Dauphin, "Hierarchical Neural Story Generation" (2018).
 */
export function topKWarper(k: number, options: WarperOptions = {}): LogitsProcessor {
  checkPositiveInteger("topKWarper", "k", k);
  const { minTokensToKeep, filterValue } = warperOptions("topKWarper", options);
  const kth = kthLargest(Math.max(k, minTokensToKeep));
  return (scores) => {
    const row = loadRow(scores);
    row.replaceBelow(kth(scores, row), filterValue, scores);
  };
}
