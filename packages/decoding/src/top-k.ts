import { topCandidates } from "./top-candidates.ts";

/**
 * The indices of the `count` largest scores, best first, lower index first on ties; those at -Infinity never count, so
 * there may be fewer. O(n log count) at worst, O(n) as a rule: the vocabulary is never sorted.
 */
export function topK(scores: ArrayLike<number>, count: number): number[] {
  const top = topCandidates(count);
  let bar = -Infinity;
  for (let index = 0; index < scores.length; index++) {
    const key = scores[index]!;
    if (key > bar) {
      top.offer({ key, index });
      bar = top.bar();
    }
  }
  return top.take().map(({ index }) => index);
}
