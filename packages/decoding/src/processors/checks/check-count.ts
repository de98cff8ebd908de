export function checkCount(caller: string, name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${caller}: ${name} must be a non-negative integer, got ${value}`);
  }
}
