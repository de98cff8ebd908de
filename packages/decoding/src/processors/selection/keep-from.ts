import { loadRow } from "../../row-kernels/loaded-row.ts";

/** Replaces the scores below `cutoff`. */
export function keepFrom(scores: Float32Array, cutoff: number, filterValue: number): void {
  loadRow(scores).replaceBelow(cutoff, filterValue, scores);
}
