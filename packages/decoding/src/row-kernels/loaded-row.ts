import { plainRow } from "./plain-row.ts";
import { wasmRow } from "./wasm-row.ts";

/**
 * One row of V scores in memory where it is looked at fast. There is one such memory: a row lasts until the next `loadRow`, so
 * no code of a caller's may run between.
 */
export interface LoadedRow {
  /** The index of the first of the largest; of the first NaN where there is one; -1 where all are -Infinity. */
  largest(): number;
  /**
   * Visits the indices of the scores above a bar, in ascending order from `start` on, default 0. A visit may raise the bar: it is
   * asked for again after each. NaN is above nothing.
   */
  visitAbove(bar: () => number, visit: (index: number) => void, start?: number): void;
  /**
   * The sum of `2^((score - max) * factor)` over all but the score at `left`. No power is off by more than 5e-13 of itself, but
   * those below 2^-1022 count as less, down to 0. No score may be NaN.
   *
   * @param limit from there on the sum may be that of a part of the row; default Infinity.
   */
  sumOfPowers(scale: PowerScale, left: number, limit?: number): number;
  /** The same over all scores; writes the powers to `powers`. */
  writePowers(scale: PowerScale): number;
  /** [V], what `writePowers` wrote. */
  readonly powers: Float64Array;
  /** The index at which the running sum of `powers` exceeds `share`, from 0 to below their sum; never that of a power of 0. */
  pick(share: number): number;
  /** Writes `value` over the scores below `cutoff`, and that row to `out`, the one that was loaded. */
  replaceBelow(cutoff: number, value: number, out: Float32Array): void;
}

export interface PowerScale {
  /** The largest score; finite. */
  readonly max: number;
  /** Positive, at most 1e300. */
  readonly factor: number;
}

/** The WebAssembly kernels' where there are any and the scores are single precision; both kinds give the same bits. */
export function loadRow(scores: ArrayLike<number>): LoadedRow {
  if (scores instanceof Float32Array) return (wasmRow() ?? plainRow)(scores);
  return plainRow(scores);
}
