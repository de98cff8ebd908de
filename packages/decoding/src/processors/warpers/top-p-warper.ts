import type { LogitsProcessor } from "../logits-processor.ts";
import { massSelector } from "../selection/mass-selector.ts";
import { rowSoftmax } from "../selection/row-softmax.ts";
import { type WarperOptions, warperOptions } from "./warper-options.ts";

/**
 * Nucleus sampling: keeps the fewest best tokens whose probabilities add up to `p`. Of equally probable tokens those of
 * lower ids go first, as in Hugging Face. Sums are compared in single precision.
 *
 * @param p 0 to 1.
 * @throws RangeError for any other, or a nonsense option.
 * @see Holtzman et al., "The Curious Case of Neural Text Degeneration" (2020).
 */
export function topPWarper(p: number, options: WarperOptions = {}): LogitsProcessor {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`topPWarper: p must lie from 0 to 1, got ${p}`);
  const { minTokensToKeep, filterValue } = warperOptions("topPWarper", options);
  const softmax = rowSoftmax();
  const select = massSelector();
  const removedMass = Math.fround(1 - p);
  return (scores) => {
    const row = softmax(scores);
    if (row === undefined) return;
    const { loaded, weights, total } = row;
    let first = select(scores, { weights, isEnough: (mass) => Math.fround(mass / total) > removedMass });
    if (minTokensToKeep > 1) {
      const kept = select(scores, { isEnough: (count) => count > scores.length - minTokensToKeep });
      if (scores[kept]! < scores[first]! || (scores[kept] === scores[first] && kept < first)) first = kept;
    }
    const cutoff = scores[first]!;
    loaded.replaceBelow(cutoff, filterValue, scores);
    for (let tie = scores.indexOf(cutoff); tie < first; tie = scores.indexOf(cutoff, tie + 1))
      scores[tie] = filterValue;
  };
}
