import { checkOpenFraction } from "../checks/check-open-fraction.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { massSelector } from "../selection/mass-selector.ts";
import { rowEntropy, rowSoftmax } from "../selection/row-softmax.ts";
import { type WarperOptions, warperOptions } from "./warper-options.ts";

/**
 * Keeps the fewest tokens whose probabilities add up to `mass`, those first whose information `-log p` is closest to the
 * entropy of the row, which need not be the most probable; and those that are as close as the last of them. Distances
 * and sums are compared in single precision.
 *
 * @param mass between 0 and 1.
 * @throws RangeError for any other, or a nonsense option.
 * @see Meister et al., "Locally Typical Sampling" (2023).
 */
export function typicalWarper(mass: number, options: WarperOptions = {}): LogitsProcessor {
  checkOpenFraction("typicalWarper", "mass", mass);
  const { minTokensToKeep, filterValue } = warperOptions("typicalWarper", options);
  const softmax = rowSoftmax();
  const select = massSelector();
  const wanted = Math.fround(mass);
  let distances = new Float32Array(0);
  return (scores) => {
    const row = softmax(scores);
    if (row === undefined) return;
    const { max, weights, total } = row;
    const expected = rowEntropy(scores, row) - Math.log(total); // of `max - score`
    if (distances.length !== scores.length) distances = new Float32Array(scores.length);
    for (let i = 0; i < scores.length; i++) distances[i] = Math.abs(max - scores[i]! - expected);
    const last = distances[select(distances, { weights, isEnough: (sum) => Math.fround(sum / total) >= wanted })]!;
    const kept = minTokensToKeep > 1 ? select(distances, { isEnough: (count) => count >= minTokensToKeep }) : -1;
    const reach = kept < 0 ? -1 : distances[kept]!;
    for (let i = 0; i < scores.length; i++) {
      const distance = distances[i]!;
      if (distance > last && (distance > reach || (distance === reach && i > kept))) scores[i] = filterValue;
    }
  };
}
