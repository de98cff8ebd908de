import { ngramCounter } from "./ngram-counter.ts";

/**
 * How often each n-gram occurs in a corpus: the most frequent first, and of equally frequent ones the one seen first. For a
 * corpus of sentences, or a stream, use `ngramCounter`.
 *
 * @param tokens any iterable, read once. Fewer than n have no n-gram.
 * @param options order, n: 2 for pairs of neighbours, 3 for triples, ...
 * @throws TypeError when a token is not a string; RangeError when `order` is no positive integer.
 */
export function ngramFrequencies(
  tokens: Iterable<string>,
  { order }: { readonly order: number },
): [ngram: string[], frequency: number][] {
  const counter = ngramCounter({ order });
  counter.add(tokens);
  return Array.from(counter, ([ngram, count]): [string[], number] => [ngram, count]).sort(([, a], [, b]) => b - a);
}
