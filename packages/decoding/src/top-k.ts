import { loadRow } from "./row-kernels/loaded-row.ts";
import { topCandidates } from "./top-candidates.ts";

/**
 * The indices of the `count` largest scores, best first, lower index first on ties; those at -Infinity never count, so
 * there may be fewer. O(n log count) at worst, O(n) as a rule: the vocabulary is never sorted.
 */
export function topK(scores: ArrayLike<number>, count: number): number[] {
  const top = topCandidates(count);
  loadRow(scores).visitAbove(
    () => top.bar(),
    (index) => top.offer({ key: scores[index]!, index }),
  );
  return top.take().map(({ index }) => index);
}
