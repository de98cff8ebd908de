/** The index of the largest of one row of logits, the lowest on ties; throws unless a softmax of the row exists. */
export function largestLogit(caller: string, logits: ArrayLike<number>): number {
  let largest = -1;
  let max = -Infinity;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i]!;
    if (logit <= max) continue; // one comparison for most entries; NaN fails it, too
    if (!(logit < Infinity)) {
      throw new RangeError(`${caller}: logits must be finite or -Infinity, got ${logit} at index ${i}`);
    }
    max = logit;
    largest = i;
  }
  if (largest < 0) throw new RangeError(`${caller}: logits must have a finite entry, got none in ${logits.length}`);
  return largest;
}
