/**
 * How often each token occurs: the most frequent first, and of equally frequent ones the one seen first.
 *
 * @param tokens any iterable, read once.
 * @throws TypeError when one is not a string, as in a list of lists.
 */
export function tokenFrequencies(tokens: Iterable<string>): [token: string, frequency: number][] {
  const frequencies = new Map<string, number>();
  for (const token of tokens) {
    if (typeof token !== "string") {
      throw new TypeError(
        `tokenFrequencies: tokens must be strings, got ${Array.isArray(token) ? "array" : typeof token}`,
      );
    }
    frequencies.set(token, (frequencies.get(token) ?? 0) + 1);
  }
  return [...frequencies].sort(([, a], [, b]) => b - a);
}
