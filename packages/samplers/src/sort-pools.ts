/**
 * Sorts each stretch of `poolSize` indices by their keys, in place; equal keys keep their order.
 *
 * @param options keys: non-negative integers, by index; the largest by the number of indices is below 2^53.
 */
export function sortPools(indices: Int32Array, { keys, poolSize }: { keys: Float64Array; poolSize: number }): void {
  for (let start = 0; start < indices.length; start += poolSize) {
    const pool = indices.slice(start, start + poolSize);
    // Key and place in one number: typed arrays sort plain numbers much faster than they call a comparison.
    const ranks = new Float64Array(pool.length);
    for (let i = 0; i < pool.length; i++) ranks[i] = keys[pool[i]!]! * pool.length + i;
    ranks.sort();
    for (let i = 0; i < pool.length; i++) indices[start + i] = pool[ranks[i]! % pool.length]!;
  }
}
