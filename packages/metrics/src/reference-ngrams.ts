/** The n-grams of a segment's references, each with the most times that any one reference has it. */
export interface ReferenceNgrams {
  /** For each order, how many n-grams of the tokens the references have too, each clipped to its most times. */
  countMatches(tokens: readonly string[]): number[];
}

/**
 * Collects the n-grams of 1 to `maxOrder` tokens in a trie: an n-gram is a node, found from the node of its first n - 1
 * tokens, so that no n-gram is ever built as a string or an array.
 */
export function referenceNgrams(references: readonly (readonly string[])[], maxOrder: number): ReferenceNgrams {
  const words = new Map<string, number>();
  for (const tokens of references) {
    for (const token of tokens) if (!words.has(token)) words.set(token, words.size);
  }
  const children = new Map<number, number>(); // node * words.size + word -> node; the root is 0
  const most = [0];

  for (const tokens of references) {
    const ids = tokens.map((token) => words.get(token)!);
    const times: number[] = [];
    for (let start = 0; start < ids.length; start++) {
      const end = Math.min(start + maxOrder, ids.length);
      let node = 0;
      for (let i = start; i < end; i++) {
        const edge = node * words.size + ids[i]!;
        let child = children.get(edge);
        if (child === undefined) {
          child = most.length;
          children.set(edge, child);
          most.push(0);
        }
        node = child;
        const seen = (times[node] ?? 0) + 1;
        times[node] = seen;
        if (seen > most[node]!) most[node] = seen;
      }
    }
  }

  return {
    countMatches(tokens) {
      const matches = Array.from({ length: maxOrder }, () => 0);
      const left = most.slice();
      const ids = tokens.map((token) => words.get(token));
      for (let start = 0; start < ids.length; start++) {
        const end = Math.min(start + maxOrder, ids.length);
        let node: number | undefined = 0;
        for (let i = start; i < end; i++) {
          const word = ids[i];
          if (word === undefined) break;
          node = children.get(node * words.size + word);
          if (node === undefined) break; // what no reference has, no reference continues
          if (left[node]! > 0) {
            left[node]!--;
            matches[i - start]!++;
          }
        }
      }
      return matches;
    },
  };
}
