import { expect } from "vitest";

/**
 * Compares numbers by the largest absolute error, relative to the largest expected magnitude: the measure in which
 * float32 results of a different order of summation agree.
 *
 * @param tolerance relative; default 1e-5. Where every expected value is 0, it is absolute.
 * @param label named in the failure, for instance the origin of a golden.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { tolerance = 1e-5, label = "values" }: { tolerance?: number; label?: string } = {},
): void {
  expect(actual.length, `${label}: number of values`).toBe(expected.length);
  let scale = 0;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  const limit = tolerance * (scale || 1);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= limit)) {
      expect.fail(`${label}: value ${i} is ${actual[i]}, expected ${expected[i]} (error ${error}, limit ${limit})`);
    }
  }
}
