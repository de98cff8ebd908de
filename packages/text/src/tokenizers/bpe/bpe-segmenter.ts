import { binaryHeap } from "./binary-heap.ts";
import { type BPEMerge, END_OF_WORD, initialSymbols } from "./bpe-merge.ts";

/**
 * The function that cuts a word into subwords: of all pairs of neighbours the one that was merged first in training becomes
 * one symbol wherever it stands, from left to right, until no pair is left. Takes n log n time for n characters.
 */
export function bpeSegmenter(merges: readonly BPEMerge[]): (word: string) => string[] {
  const { idOf, rankOf, mergedIds } = indexMerges(merges);
  // A candidate is rank * length + position: the smallest is the leftmost of the lowest rank. After each word none is left.
  const candidates = binaryHeap<number>((a, b) => a < b);
  return (word) => {
    const symbols = initialSymbols(word);
    if (symbols.length === 1) return [word];
    const ids = symbols.map((symbol) => idOf.get(symbol) ?? -1);
    const next = symbols.map((_, i) => i + 1);
    const previous = symbols.map((_, i) => i - 1);
    const rankAt = (i: number) => (next[i]! < ids.length ? rankOf(ids[i]!, ids[next[i]!]!) : undefined);
    const propose = (i: number) => {
      const rank = i < 0 ? undefined : rankAt(i);
      if (rank !== undefined) candidates.push(rank * ids.length + i);
    };
    for (let i = 0; i < ids.length; i++) propose(i);

    while (candidates.size > 0) {
      const rank = Math.floor(candidates.peek()! / ids.length);
      const merged: number[] = [];
      while (candidates.size > 0 && candidates.peek()! < (rank + 1) * ids.length) {
        const i = candidates.pop()! % ids.length;
        if (ids[i] === GONE || rankAt(i) !== rank) continue;
        const right = next[i]!;
        ids[i] = mergedIds[rank]!;
        ids[right] = GONE;
        next[i] = next[right]!;
        if (next[i]! < ids.length) previous[next[i]!] = i;
        merged.push(i);
      }
      // After all of the rank: a new pair may have a lower one where the merges were not made by training.
      for (const i of merged) {
        propose(previous[i]!);
        propose(i);
      }
    }

    const subwords: string[] = [];
    for (let i = 0; i < ids.length; i = next[i]!) subwords.push(symbols.slice(i, next[i]).join(""));
    subwords.push(subwords.pop()!.slice(0, -END_OF_WORD.length));
    return subwords;
  };
}

const GONE = -2;

/** Of a merge that is listed twice, the first counts. */
function indexMerges(merges: readonly BPEMerge[]) {
  const idOf = new Map<string, number>();
  const intern = (symbol: string) => {
    const id = idOf.get(symbol) ?? idOf.size;
    if (id === idOf.size) idOf.set(symbol, id);
    return id;
  };
  const interned = merges.map(([left, right]) => [intern(left), intern(right), intern(left + right)] as const);
  const numSymbols = idOf.size;
  const ranks = new Map<number, number>();
  interned.forEach(([left, right], rank) => {
    const key = left * numSymbols + right;
    if (!ranks.has(key)) ranks.set(key, rank);
  });
  return {
    idOf,
    rankOf: (left: number, right: number) => (left < 0 || right < 0 ? undefined : ranks.get(left * numSymbols + right)),
    mergedIds: interned.map(([, , merged]) => merged),
  };
}
