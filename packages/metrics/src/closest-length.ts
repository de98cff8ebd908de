/** The length closest to `length`, the shorter of two equally close ones. */
export function closestLength(length: number, candidates: readonly number[]): number {
  let closest = Infinity;
  for (const candidate of candidates) {
    const nearer = Math.abs(candidate - length) - Math.abs(closest - length);
    if (nearer < 0 || (nearer === 0 && candidate < closest)) closest = candidate;
  }
  return closest;
}
