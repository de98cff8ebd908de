import { emptyTable, placeOf } from "../vocabulary/token-table.ts";

/**
 * Counts the n-grams of a corpus part by part. Iterates over n-grams and their counts in the order in which they were first
 * seen.
 */
export interface NgramCounter extends Iterable<readonly [ngram: string[], count: number]> {
  /** n */
  readonly order: number;
  /** How many n-grams were counted. */
  readonly total: number;
  /** How many different ones. */
  readonly size: number;
  /** 0 for one that was not seen. @throws RangeError when it has not n tokens. */
  countOf(ngram: readonly string[]): number;
  /** Counts tokens that follow those of the call before, n-grams across included. @throws TypeError for what is no token. */
  add(tokens: Iterable<string>): void;
  /** Says that what follows begins anew, as a sentence may: no n-gram has tokens from before and after. */
  endSequence(): void;
}

// An n-gram is known by that of its first n - 1 tokens and by its last token; a Map holds at most 2^24 keys.
const MOST_TOKENS = 2 ** 24;

/**
 * A counter that has seen nothing.
 *
 * @param options order, n: 1 for single tokens, 2 for pairs, ...
 * @throws RangeError when it is no positive integer.
 */
export function ngramCounter({ order }: { readonly order: number }): NgramCounter {
  if (!Number.isInteger(order) || order < 1) {
    throw new RangeError(`ngramCounter: order must be a positive integer, got ${order}`);
  }
  const tokens = emptyTable();
  // For each order from 2: the place of an n-gram by its key, and its key by its place.
  const places = Array.from({ length: order - 1 }, () => new Map<number, number>());
  const keys: number[][] = places.map(() => []);
  const counts: number[] = [];
  const current: number[] = []; // the places of the grams of order 1, 2, ... that end at the last token
  let total = 0;

  function extend(token: number): void {
    for (let k = Math.min(current.length, order - 1); k > 0; k--) {
      const key = current[k - 1]! * MOST_TOKENS + token;
      let place = places[k - 1]!.get(key);
      if (place === undefined) {
        place = keys[k - 1]!.push(key) - 1;
        places[k - 1]!.set(key, place);
      }
      current[k] = place;
    }
    current[0] = token;
    if (current.length < order) return;
    const place = current[order - 1]!;
    counts[place] = (counts[place] ?? 0) + 1;
    total++;
  }

  return {
    order,
    get total() {
      return total;
    },
    get size() {
      return counts.length;
    },
    countOf(ngram) {
      if (ngram.length !== order) {
        throw new RangeError(`NgramCounter.countOf: ngram must have ${order} tokens, got ${ngram.length}`);
      }
      let place: number | undefined = tokens.index.find(ngram[0]!);
      for (let k = 1; k < order && place !== undefined; k++) {
        const token = tokens.index.find(ngram[k]!);
        place = token < 0 ? undefined : places[k - 1]!.get(place * MOST_TOKENS + token);
      }
      return counts[place ?? -1] ?? 0;
    },
    add(added) {
      if (typeof added === "string") {
        throw new TypeError("NgramCounter.add: tokens must be an iterable of strings, got one string");
      }
      for (const token of added) extend(placeOf(tokens, token, "NgramCounter.add"));
    },
    endSequence() {
      current.length = 0;
    },
    *[Symbol.iterator]() {
      const names = tokens.index.tokens;
      for (let place = 0; place < counts.length; place++) {
        const ngram = [];
        let prefix = place;
        for (let k = order - 1; k > 0; k--) {
          const key = keys[k - 1]![prefix]!;
          ngram.push(names[key % MOST_TOKENS]!);
          prefix = Math.floor(key / MOST_TOKENS);
        }
        ngram.push(names[prefix]!);
        yield [ngram.reverse(), counts[place]!] as const;
      }
    },
  };
}
