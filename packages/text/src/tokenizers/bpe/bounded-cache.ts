/** Remembers what was computed for the keys asked for of late. */
export interface BoundedCache<Value> {
  get(key: string): Value;
}

/**
 * A cache of `compute` that keeps between `size` and twice as many values: a stream of any length needs no more memory than
 * that. When `size` new ones have come, those not asked for since the last time are forgotten.
 */
export function boundedCache<Value>(size: number, compute: (key: string) => Value): BoundedCache<Value> {
  let recent = new Map<string, Value>();
  let older = new Map<string, Value>();
  return {
    get(key) {
      const known = recent.get(key);
      if (known !== undefined) return known;
      const value = older.get(key) ?? compute(key);
      if (recent.size === size) [older, recent] = [recent, new Map()];
      recent.set(key, value);
      return value;
    },
  };
}
