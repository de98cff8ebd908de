/** The largest of one row of scores: -Infinity when there is none, NaN when one is NaN. */
export function rowMaximum(scores: Float32Array): number {
  let max = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score <= max) continue; // NaN fails it, too
    if (Number.isNaN(score)) return NaN;
    max = score;
  }
  return max;
}
