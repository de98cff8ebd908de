/** Throws a RangeError that names the argument unless an array [B, ...] has as many values as its shape says, and any at all. */
export function checkCount(argument: string, values: ArrayLike<unknown>, shape: readonly number[]): void {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count === 0) throw new RangeError(`${argument} must hold at least one value, got shape [${shape.join(", ")}]`);
  if (values.length !== count) {
    throw new RangeError(`${argument} must hold ${count} values, [${shape.join(", ")}], got ${values.length}`);
  }
}

/** Throws a RangeError that names the argument unless each of the lengths [B] is from `minimum`, by default 1, to T. */
export function checkLengths(
  argument: string,
  lengths: ArrayLike<number>,
  {
    shape: [batchSize, numSteps],
    minimum = 1,
  }: { readonly shape: readonly [number, number]; readonly minimum?: number },
): void {
  checkCount(argument, lengths, [batchSize]);
  for (let row = 0; row < batchSize; row++) {
    const length = lengths[row]!;
    if (!Number.isInteger(length) || length < minimum || length > numSteps) {
      throw new RangeError(`${argument} must be from ${minimum} to ${numSteps}, got ${length} at index ${row}`);
    }
  }
}
