import { expect } from "vitest";
import { recordError } from "./record-error.ts";

/**
 * Compares numbers by the largest absolute error, relative to the largest expected magnitude: the measure in which
 * float32 results of a different order of summation agree.
 *
 * @param tolerance relative; default 1e-5. Where every expected value is 0, it is absolute.
 * @param label named in the failure.
 * @param source the origin of a golden, named in the failure too; `npm run errors` then counts the error in.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { tolerance = 1e-5, label = "values", source }: { tolerance?: number; label?: string; source?: string } = {},
): void {
  const name = source === undefined ? label : `${label} (${source})`;
  expect(actual.length, `${name}: number of values`).toBe(expected.length);
  let scale = 0;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  scale ||= 1;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= tolerance * scale)) {
      const limit = tolerance * scale;
      expect.fail(`${name}: value ${i} is ${actual[i]}, expected ${expected[i]} (error ${error}, limit ${limit})`);
    }
    worst = Math.max(worst, error / scale);
  }
  if (source !== undefined) recordError({ source, label, tolerance, error: worst });
}
