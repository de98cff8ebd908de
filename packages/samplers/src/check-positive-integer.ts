/** Throws unless `value` is an integer greater than 0. */
export function checkPositiveInteger(caller: string, name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${caller}: ${name} must be a positive integer, got ${value}`);
  }
}
