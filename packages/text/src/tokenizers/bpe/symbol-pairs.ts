import { initialSymbols } from "./bpe-merge.ts";

/** The words of a corpus as symbols, and how often each pair of neighbours occurs, kept up to date while pairs merge. */
export interface SymbolPairs {
  /** The symbol of each id. */
  readonly symbols: readonly string[];
  /** Of each pair, by its number, the ids of its symbols and how often it occurs. */
  readonly lefts: readonly number[];
  readonly rights: readonly number[];
  readonly counts: readonly number[];
  /** Makes one symbol of a pair wherever it stands. @returns the pairs that now occur more often. */
  merge(pair: number): Set<number>;
}

const GONE = -1;

/** Counts once; a merge then costs time in proportion to the places of the pair, each different word being one place. */
export function symbolPairs(frequencies: Iterable<readonly [word: string, frequency: number]>): SymbolPairs {
  const symbols: string[] = [];
  const idOf = new Map<string, number>();
  const intern = (symbol: string) => {
    let id = idOf.get(symbol);
    if (id === undefined) idOf.set(symbol, (id = symbols.push(symbol) - 1));
    return id;
  };

  const lefts: number[] = [];
  const rights: number[] = [];
  const counts: number[] = [];
  const places: number[][] = [];
  const pairOf: Map<number, number>[] = []; // by the left symbol, then by the right one
  const pairNumber = (left: number, right: number) => {
    const ofLeft = (pairOf[left] ??= new Map());
    let pair = ofLeft.get(right);
    if (pair === undefined) {
      pair = lefts.push(left) - 1;
      ofLeft.set(right, pair);
      rights.push(right);
      counts.push(0);
      places.push([]);
    }
    return pair;
  };

  // All words in one row: the symbol at each place, its neighbours within the word, and the frequency of the word.
  const ids: number[] = [];
  const previous: number[] = [];
  const next: number[] = [];
  const weights: number[] = [];
  const addPair = (place: number) => {
    const pair = pairNumber(ids[place]!, ids[next[place]!]!);
    counts[pair]! += weights[place]!;
    places[pair]!.push(place);
    return pair;
  };
  const removePair = (place: number) => {
    counts[pairNumber(ids[place]!, ids[next[place]!]!)]! -= weights[place]!;
  };
  for (const [word, frequency] of frequencies) {
    const start = ids.length;
    for (const symbol of initialSymbols(word)) {
      const place = ids.push(intern(symbol)) - 1;
      weights.push(frequency);
      previous.push(place > start ? place - 1 : GONE);
      next.push(place + 1);
    }
    next[ids.length - 1] = GONE;
    for (let place = start; place < ids.length - 1; place++) addPair(place);
  }

  return {
    symbols,
    lefts,
    rights,
    counts,
    merge(pair) {
      const [left, right] = [lefts[pair]!, rights[pair]!];
      const merged = intern(symbols[left]! + symbols[right]!);
      const risen = new Set<number>();
      // From left to right, for a pair of two equal symbols may overlap with itself.
      for (const place of places[pair]!.sort((a, b) => a - b)) {
        const second = next[place]!;
        if (ids[place] !== left || second === GONE || ids[second] !== right) continue; // another merge came first
        const [before, after] = [previous[place]!, next[second]!];
        if (before !== GONE) removePair(before);
        if (after !== GONE) removePair(second);
        ids[place] = merged;
        ids[second] = GONE;
        next[place] = after;
        if (after !== GONE) previous[after] = place;
        if (before !== GONE) risen.add(addPair(before));
        if (after !== GONE) risen.add(addPair(place));
      }
      counts[pair] = 0;
      places[pair] = [];
      return risen;
    },
  };
}
