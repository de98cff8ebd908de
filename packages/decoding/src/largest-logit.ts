import { type LoadedRow, loadRow } from "./row-kernels/loaded-row.ts";

/**
 * The index of the largest of one row of logits, the lowest on ties; throws unless a softmax of the row exists.
 *
 * @param row the logits, where they are loaded already.
 */
export function largestLogit(caller: string, logits: ArrayLike<number>, row: LoadedRow = loadRow(logits)): number {
  const largest = row.largest();
  if (largest < 0) throw new RangeError(`${caller}: logits must have a finite entry, got none in ${logits.length}`);
  if (!(logits[largest]! < Infinity)) {
    throw new RangeError(`${caller}: logits must be finite or -Infinity, got ${logits[largest]} at index ${largest}`);
  }
  return largest;
}
