/**
 * A row of zeros for each id with a one in its column, as plain numbers; `oneHot` of `@rnnkit/ops` is the tensor.
 *
 * @param ids [N] borrowed.
 * @param vocabSize V
 * @returns [N, V], row by row; the caller owns it.
 * @throws RangeError for an id that is no integer from 0 to V - 1, and a size that is no positive integer.
 */
export function oneHotRows(ids: ArrayLike<number>, vocabSize: number): Float32Array {
  if (!Number.isInteger(vocabSize) || vocabSize < 1) {
    throw new RangeError(`oneHotRows: vocabSize must be a positive integer, got ${vocabSize}`);
  }
  const rows = new Float32Array(ids.length * vocabSize);
  for (let n = 0; n < ids.length; n++) {
    const id = ids[n]!;
    if (!(Number.isInteger(id) && id >= 0 && id < vocabSize)) {
      throw new RangeError(`oneHotRows: ids must be integers from 0 to ${vocabSize - 1}, got ${id} at position ${n}`);
    }
    rows[n * vocabSize + id] = 1;
  }
  return rows;
}
