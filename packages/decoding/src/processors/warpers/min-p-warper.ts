import { loadRow } from "../../row-kernels/loaded-row.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { kthLargest } from "../selection/kth-largest.ts";
import { rowMaximum } from "../selection/row-maximum.ts";
import { type WarperOptions, warperOptions } from "./warper-options.ts";

/**
 * Keeps the tokens that are at least `p` times as probable as the best one.
 *
 * @param p 0 to 1.
 * @throws RangeError for any other, or a nonsense option.
 * @see Nguyen et al., "Turning Up the Heat: Min-p Sampling for Creative and Coherent LLM Outputs" (2025).
 */
export function minPWarper(p: number, options: WarperOptions = {}): LogitsProcessor {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`minPWarper: p must lie from 0 to 1, got ${p}`);
  const { minTokensToKeep, filterValue } = warperOptions("minPWarper", options);
  const kth = kthLargest(minTokensToKeep);
  const distance = Math.log(p);
  return (scores) => {
    const row = loadRow(scores);
    const max = rowMaximum(scores, row);
    if (Number.isFinite(max)) row.replaceBelow(Math.min(max + distance, kth(scores, row)), filterValue, scores);
  };
}
