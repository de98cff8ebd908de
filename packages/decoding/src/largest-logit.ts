import { largestIndex } from "./largest-index.ts";

/** The index of the largest of one row of logits, the lowest on ties; throws unless a softmax of the row exists. */
export function largestLogit(caller: string, logits: ArrayLike<number>): number {
  const largest = largestIndex(logits);
  if (largest < 0) throw new RangeError(`${caller}: logits must have a finite entry, got none in ${logits.length}`);
  if (!(logits[largest]! < Infinity)) {
    throw new RangeError(`${caller}: logits must be finite or -Infinity, got ${logits[largest]} at index ${largest}`);
  }
  return largest;
}
