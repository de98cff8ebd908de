import { compareCodePoints } from "../../vocabulary/compare-code-points.ts";
import { binaryHeap } from "./binary-heap.ts";
import type { BPEMerge } from "./bpe-merge.ts";
import { symbolPairs } from "./symbol-pairs.ts";

/** When training stops. */
export interface TrainBPEOptions {
  /** The most merges to make: so many new symbols. */
  readonly numMerges: number;
  /** A pair that occurs less often is not merged; default 2. */
  readonly minFrequency?: number;
}

/**
 * Learns byte-pair encoding: the pair of neighbouring symbols that occurs most often becomes a symbol, again and again. Of
 * equally frequent pairs the greatest is taken, by the code points of its first symbol, then of its second. The result
 * depends on nothing but the frequencies, not on the order of words.
 *
 * @param frequencies how often each word occurs, as `tokenFrequencies` of a tokenizer's words gives it; read once.
 * @returns the merges in the order of their making; fewer than `numMerges` where no pair is left.
 * @throws RangeError when `numMerges` is no non-negative integer, `minFrequency` is not positive, or a frequency is no
 *   non-negative integer; TypeError when a word is not a string.
 * @see subword-nmt 0.3.8, `learn_bpe`, whose merges these are.
 */
export function trainBpe(
  frequencies: Iterable<readonly [word: string, frequency: number]>,
  { numMerges, minFrequency = 2 }: TrainBPEOptions,
): BPEMerge[] {
  if (!Number.isSafeInteger(numMerges) || numMerges < 0) {
    throw new RangeError(`trainBpe: numMerges must be a non-negative integer, got ${numMerges}`);
  }
  if (!(minFrequency > 0)) throw new RangeError(`trainBpe: minFrequency must be positive, got ${minFrequency}`);
  const pairs = symbolPairs(checkedFrequencies(frequencies));
  const { symbols, lefts, rights, counts } = pairs;
  const isBefore = (a: Candidate, b: Candidate) =>
    a.count !== b.count
      ? a.count > b.count
      : (compareCodePoints(symbols[lefts[a.pair]!]!, symbols[lefts[b.pair]!]!) ||
          compareCodePoints(symbols[rights[a.pair]!]!, symbols[rights[b.pair]!]!)) > 0;
  const candidates = binaryHeap<Candidate>(isBefore);
  const propose = (pair: number) => {
    if (counts[pair]! >= minFrequency) candidates.push({ pair, count: counts[pair]! });
  };
  counts.forEach((_, pair) => propose(pair));

  const merges: BPEMerge[] = [];
  while (merges.length < numMerges) {
    const best = candidates.pop();
    if (best === undefined) break;
    const { pair, count } = best;
    if (count !== counts[pair]) {
      // Merges of other pairs have taken some of its places. One that has gained places was proposed once more then.
      if (count > counts[pair]!) propose(pair);
      continue;
    }
    merges.push([symbols[lefts[pair]!]!, symbols[rights[pair]!]!]);
    pairs.merge(pair).forEach(propose);
  }
  return merges;
}

interface Candidate {
  readonly pair: number;
  /** When it was proposed. */
  readonly count: number;
}

function* checkedFrequencies(
  frequencies: Iterable<readonly [string, number]>,
): Generator<readonly [word: string, frequency: number]> {
  for (const entry of frequencies) {
    const [word, frequency] = entry;
    if (typeof word !== "string") throw new TypeError(`trainBpe: words must be strings, got ${typeof word}`);
    if (!Number.isSafeInteger(frequency) || frequency < 0) {
      const name = JSON.stringify(word);
      throw new RangeError(`trainBpe: frequencies must be non-negative integers, got ${frequency} for ${name}`);
    }
    if (word !== "") yield entry;
  }
}
