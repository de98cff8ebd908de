/** The sum over all outcomes of (observed - expected)^2 / expected; infinite when the impossible was observed. */
export function chiSquared(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < observed.length; i++) {
    if (observed[i]! > 0 || expected[i]! > 0) sum += (observed[i]! - expected[i]!) ** 2 / expected[i]!;
  }
  return sum;
}
