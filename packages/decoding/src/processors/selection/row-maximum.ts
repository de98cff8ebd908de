import { loadRow } from "../../row-kernels/loaded-row.ts";

/** The largest of one row of scores: -Infinity when there is none, NaN when one is NaN. */
export function rowMaximum(scores: Float32Array): number {
  return scores[loadRow(scores).largest()] ?? -Infinity;
}
