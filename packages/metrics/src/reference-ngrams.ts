/** The n-grams of one segment's references at a time, each with the most times that any one reference has it. */
export interface ReferenceNgrams {
  /** Takes the place of the references before. */
  set(references: readonly (readonly string[])[]): void;
  /** Adds to `matches[n - 1]` how many n-grams of the tokens the references have too, each at most its most times. */
  addMatches(tokens: readonly string[], matches: Float64Array): void;
}

/** Words are numbered across segments, and forgotten when there are more, so that memory does not grow with the corpus. */
const MAX_WORDS = 2 ** 16;

/**
 * Collects the n-grams of 1 to `maxOrder` tokens in a trie: an n-gram is a node, found from the node of its first n - 1
 * tokens, so that no n-gram is ever built as a string or an array. The nodes are the slots of one open hash table, which
 * is used again for each segment.
 */
export function referenceNgrams(maxOrder: number): ReferenceNgrams {
  const words = new Map<string, number>();
  let mask = 0;
  let parents = new Int32Array(1); // the root is -1
  let lastWords = new Int32Array(1);
  let most = new Int32Array(1); // 0 where a slot is free
  let seen = new Int32Array(1);

  function clear(numNgrams: number): void {
    if (words.size > MAX_WORDS) words.clear();
    mask = 2 ** Math.ceil(Math.log2(2 * numNgrams + 1)) - 1;
    if (mask >= most.length) {
      parents = new Int32Array(mask + 1);
      lastWords = new Int32Array(mask + 1);
      most = new Int32Array(mask + 1);
      seen = new Int32Array(mask + 1);
    }
    most.fill(0, 0, mask + 1);
  }

  function numberOf(word: string): number {
    const known = words.get(word);
    if (known !== undefined) return known;
    words.set(word, words.size);
    return words.size - 1;
  }

  /** The slot of the n-gram that continues `parent` with `word`, or the free one where it belongs. */
  function slotOf(parent: number, word: number): number {
    const hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(word + 1, 0x85ebca6b);
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (most[slot] !== 0 && (parents[slot] !== parent || lastWords[slot] !== word)) slot = (slot + 1) & mask;
    return slot;
  }

  return {
    set(references) {
      let numNgrams = 0;
      for (const { length } of references) numNgrams += length * Math.min(length, maxOrder);
      clear(numNgrams);
      for (const reference of references) {
        seen.fill(0, 0, mask + 1);
        const ids = reference.map(numberOf);
        for (let start = 0; start < ids.length; start++) {
          const end = Math.min(start + maxOrder, ids.length);
          let node = -1;
          for (let i = start; i < end; i++) {
            const word = ids[i]!;
            const slot = slotOf(node, word);
            parents[slot] = node;
            lastWords[slot] = word;
            seen[slot]!++;
            if (seen[slot]! > most[slot]!) most[slot] = seen[slot]!;
            node = slot;
          }
        }
      }
    },

    addMatches(tokens, matches) {
      seen.fill(0, 0, mask + 1);
      const ids = tokens.map((token) => words.get(token) ?? -1);
      for (let start = 0; start < ids.length; start++) {
        const end = Math.min(start + maxOrder, ids.length);
        let node = -1;
        for (let i = start; i < end && ids[i]! >= 0; i++) {
          node = slotOf(node, ids[i]!);
          if (most[node] === 0) break; // what no reference has, no reference continues
          if (seen[node]! < most[node]!) {
            seen[node]!++;
            matches[i - start]!++;
          }
        }
      }
    },
  };
}
