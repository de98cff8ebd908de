/** Throws a RangeError that names `caller` unless each of the sizes is a positive integer. */
export function checkSizes(caller: string, sizes: Readonly<Record<string, number | undefined>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (size !== undefined && (!Number.isSafeInteger(size) || size < 1)) {
      throw new RangeError(`${caller}: ${name} must be a positive integer, got ${size}`);
    }
  }
}

/** Throws a RangeError that names `caller` unless each of the rates is at least 0 and below 1. */
export function checkRates(caller: string, rates: Readonly<Record<string, number>>): void {
  for (const [name, rate] of Object.entries(rates)) {
    if (!(rate >= 0 && rate < 1)) {
      throw new RangeError(`${caller}: ${name} must be at least 0 and below 1, got ${rate}`);
    }
  }
}
