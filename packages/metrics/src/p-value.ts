/**
 * The share of the differences found by chance that are greater than the one that is to be explained, (c + 1) / (S + 1):
 * never 0, so that a test cannot claim more than its number of samples shows.
 */
export function pValue(byChance: Float64Array, difference: number): number {
  let count = 0;
  for (const each of byChance) if (each > difference) count++;
  return (count + 1) / (byChance.length + 1);
}
