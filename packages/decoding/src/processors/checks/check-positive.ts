export function checkPositive(caller: string, name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${caller}: ${name} must be positive and finite, got ${value}`);
  }
}
