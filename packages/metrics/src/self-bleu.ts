import type { BleuOptions } from "./bleu.ts";
import { bleuFromStatistics } from "./bleu-from-statistics.ts";
import { bleuTokenizer } from "./bleu-tokenizer.ts";
import { closestLength } from "./closest-length.ts";
import { trimEndWhitespace } from "./whitespace.ts";

/**
 * Self-BLEU of generated text: the mean, over segments, of the BLEU of each against all others as its references, 0 to 100.
 * High is monotonous. It grows with the number of segments, so compare equal numbers only; unlike statistics of a metric it
 * cannot be summed over parts. Time is linear in the tokens.
 *
 * @param segments N of plain text, at least two.
 * @param options those of `bleu`, but `effectiveOrder` is true by default, as for single sentences.
 * @throws TypeError for anything but strings, RangeError for fewer than two segments or an option that is nonsense.
 * @see Zhu et al., "Texygen: A Benchmarking Platform for Text Generation Models" (2018).
 */
export function selfBleu(segments: readonly string[], options: BleuOptions = {}): number {
  const { maxOrder = 4, tokenizer = "13a", lowercase = false, effectiveOrder = true, ...scoring } = options;
  if (!Array.isArray(segments) || segments.some((segment) => typeof segment !== "string")) {
    throw new TypeError("selfBleu: segments must be an array of strings");
  }
  if (segments.length < 2) throw new RangeError(`selfBleu: segments must hold at least two, got ${segments.length}`);
  if (!Number.isSafeInteger(maxOrder) || maxOrder < 1) {
    throw new RangeError(`selfBleu: maxOrder must be a positive integer, got ${maxOrder}`);
  }
  const tokenize = bleuTokenizer("selfBleu", tokenizer);
  const tokens = segments.map((segment: string) =>
    tokenize(trimEndWhitespace(lowercase ? segment.toLowerCase() : segment)),
  );

  const counted = countNgrams(tokens, maxOrder);
  const numOfLength = new Map<number, number>();
  for (const { length } of tokens) numOfLength.set(length, (numOfLength.get(length) ?? 0) + 1);
  let total = 0;
  tokens.forEach(({ length }, i) => {
    const others = [...numOfLength.keys()].filter((other) => other !== length || numOfLength.get(length)! > 1);
    const statistics = {
      matches: matchesWithOthers(counted, i, maxOrder),
      totals: Array.from({ length: maxOrder }, (_, n) => Math.max(0, length - n)),
      hypothesisLength: length,
      referenceLength: closestLength(length, others),
    };
    total += bleuFromStatistics(statistics, { ...scoring, effectiveOrder }).score;
  });
  return total / segments.length;
}

/** The n-grams of all segments as the nodes of one trie. */
interface NgramCounts {
  /** For each segment its nodes, each as [node, times]. */
  readonly ofSegment: readonly ReadonlyMap<number, number>[];
  /** n of each node. */
  readonly orders: readonly number[];
  /** The most times that a segment has the node. */
  readonly most: readonly number[];
  /** The most times that another one has it. */
  readonly second: readonly number[];
}

function countNgrams(segments: readonly (readonly string[])[], maxOrder: number): NgramCounts {
  const words = new Map<string, number>();
  for (const word of segments.flat()) if (!words.has(word)) words.set(word, words.size);
  const children = new Map<number, number>(); // node * words.size + word -> node; the root is 0
  const orders = [0];
  const most = [0];
  const second = [0];
  const ofSegment = segments.map((segment) => {
    const times = new Map<number, number>();
    for (let start = 0; start < segment.length; start++) {
      let node = 0;
      for (let i = start; i < Math.min(start + maxOrder, segment.length); i++) {
        const edge = node * words.size + words.get(segment[i]!)!;
        let child = children.get(edge);
        if (child === undefined) {
          child = orders.length;
          children.set(edge, child);
          orders.push(i - start + 1);
          most.push(0);
          second.push(0);
        }
        node = child;
        times.set(node, (times.get(node) ?? 0) + 1);
      }
    }
    for (const [node, count] of times) {
      if (count > most[node]!) [most[node], second[node]] = [count, most[node]!];
      else if (count > second[node]!) second[node] = count;
    }
    return times;
  });
  return { ofSegment, orders, most, second };
}

function matchesWithOthers(
  { ofSegment, orders, most, second }: NgramCounts,
  segment: number,
  maxOrder: number,
): number[] {
  const matches = Array.from({ length: maxOrder }, () => 0);
  for (const [node, count] of ofSegment[segment]!) {
    // Who has it most is clipped by the second most, which is as many where two have it most; all others have no more.
    matches[orders[node]! - 1]! += count === most[node] ? second[node]! : count;
  }
  return matches;
}
