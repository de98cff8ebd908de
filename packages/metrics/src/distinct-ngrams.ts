/** What distinct-n needs to know of generated text; records of segments, files or workers add up. */
export interface DistinctNgrams {
  /** n. */
  readonly order: number;
  /** The different n-grams, each as JSON. */
  readonly ngrams: readonly string[];
  /** All n-grams, equal ones counted each time. */
  readonly total: number;
}

/**
 * The n-grams of generated text, none across the border of two segments.
 *
 * @param segments each a sequence of tokens or ids. Borrowed.
 * @param options.order n, 1 or more.
 * @throws RangeError for an order that is no positive integer, TypeError for a segment that is no array of tokens.
 */
export function distinctNgrams(
  segments: Iterable<ArrayLike<string | number>>,
  { order }: { readonly order: number },
): DistinctNgrams {
  if (!Number.isSafeInteger(order) || order < 1) {
    throw new RangeError(`distinctNgrams: order must be a positive integer, got ${order}`);
  }
  const ngrams = new Set<string>();
  let total = 0;
  for (const segment of segments) {
    if (typeof segment !== "object" || typeof segment?.length !== "number") {
      throw new TypeError(`distinctNgrams: segments must be arrays of tokens, got ${typeof segment}`);
    }
    const tokens = Array.from(segment);
    for (let end = order; end <= tokens.length; end++) {
      ngrams.add(JSON.stringify(tokens.slice(end - order, end)));
      total++;
    }
  }
  return { order, ngrams: [...ngrams], total };
}

/**
 * The n-grams of several stretches taken together.
 *
 * @param parts one or more, all of the same order.
 * @throws RangeError for none, or for unequal orders.
 */
export function sumDistinctNgrams(parts: Iterable<DistinctNgrams>): DistinctNgrams {
  const ngrams = new Set<string>();
  let total = 0;
  let order: number | undefined;
  for (const part of parts) {
    order ??= part.order;
    if (part.order !== order) {
      throw new RangeError(`sumDistinctNgrams: parts must share one order, got ${order} and ${part.order}`);
    }
    for (const ngram of part.ngrams) ngrams.add(ngram);
    total += part.total;
  }
  if (order === undefined) throw new RangeError("sumDistinctNgrams: parts must hold at least one record, got 0");
  return { order, ngrams: [...ngrams], total };
}

/**
 * Distinct-n of generated text: different n-grams / all n-grams, from near 0 where the text repeats itself to 1. It falls
 * as text grows longer, so compare texts of equal length only.
 *
 * @throws RangeError where there is no n-gram.
 * @see Li et al., "A Diversity-Promoting Objective Function for Neural Conversation Models" (2016).
 */
export function distinctN({ ngrams, total }: DistinctNgrams): number {
  if (!(total > 0 && total >= ngrams.length)) {
    throw new RangeError(
      `distinctN: statistics.total must be positive and no less than ${ngrams.length}, got ${total}`,
    );
  }
  return ngrams.length / total;
}
