export function checkFinite(caller: string, name: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${caller}: ${name} must be finite, got ${value}`);
}
