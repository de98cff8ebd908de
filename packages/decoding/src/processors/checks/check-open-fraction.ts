export function checkOpenFraction(caller: string, name: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(`${caller}: ${name} must lie between 0 and 1, got ${value}`);
  }
}
