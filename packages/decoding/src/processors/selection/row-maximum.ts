import { type LoadedRow, loadRow } from "../../row-kernels/loaded-row.ts";

/**
 * The largest of one row of scores: -Infinity when there is none, NaN when one is NaN.
 *
 * @param row the scores, where they are loaded already.
 */
export function rowMaximum(scores: Float32Array, row: LoadedRow = loadRow(scores)): number {
  return scores[row.largest()] ?? -Infinity;
}
