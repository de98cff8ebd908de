/** Throws a RangeError that names `caller` unless an array [B, ...] has as many values as its shape says. */
export function checkCount(argument: string, values: ArrayLike<unknown>, shape: readonly number[]): void {
  const count = shape.reduce((product, size) => product * size, 1);
  if (values.length !== count) {
    throw new RangeError(`${argument} must hold ${count} values, [${shape.join(", ")}], got ${values.length}`);
  }
}

/** Throws a RangeError that names `caller` unless each of the lengths [B] is from 1 to T: an empty sequence says nothing. */
export function checkLengths(caller: string, lengths: ArrayLike<number>, shape: readonly [number, number]): void {
  const [batchSize, numSteps] = shape;
  checkCount(`${caller}: lengths`, lengths, [batchSize]);
  for (let row = 0; row < batchSize; row++) {
    const length = lengths[row]!;
    if (!Number.isInteger(length) || length < 1 || length > numSteps) {
      throw new RangeError(`${caller}: lengths must be from 1 to ${numSteps}, got ${length} at index ${row}`);
    }
  }
}
