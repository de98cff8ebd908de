/** Throws unless `value` is a number from `low` to below `high`. */
export function checkHyperparameter(argument: string, value: number, [low, high]: readonly [number, number]): void {
  if (!(value >= low && value < high)) {
    throw new RangeError(`${argument} must be at least ${low} and below ${high}, got ${value}`);
  }
}

/** Throws unless `value` is a positive finite number. */
export function checkPositive(argument: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${argument} must be positive and finite, got ${value}`);
}
