/**
 * Throws a RangeError that names `caller` unless there is a length for each row, from 0 to T.
 *
 * @returns the lengths; `undefined` where there are none, or all are T.
 */
export function checkLengths(
  caller: string,
  lengths: ArrayLike<number> | undefined,
  [batchSize, numSteps]: readonly number[],
): Int32Array | undefined {
  if (!lengths) return undefined;
  if (lengths.length !== batchSize) {
    throw new RangeError(`${caller}: lengths must be ${batchSize}, one a row, got ${lengths.length}`);
  }
  const values = Array.from(lengths);
  for (const [row, length] of values.entries()) {
    if (!Number.isInteger(length) || length < 0 || length > numSteps!) {
      throw new RangeError(`${caller}: lengths must be integers from 0 to ${numSteps}, got ${length} for row ${row}`);
    }
  }
  return values.every((length) => length === numSteps) ? undefined : Int32Array.from(values);
}
