/** Sequences of ids, as a tree of their beginnings. */
export interface TokenTrie {
  readonly children: ReadonlyMap<number, TokenTrie>;
  /** Whether a sequence ends here. */
  readonly isEnd: boolean;
  /** How many more tokens the shortest sequence from here needs. */
  readonly numMissing: number;
}

/** @param sequences at least one, none empty. */
export function tokenTrie(sequences: readonly Int32Array[]): TokenTrie {
  const isEnd = sequences.some(({ length }) => length === 0);
  const tails = new Map<number, Int32Array[]>();
  for (const sequence of sequences) {
    if (sequence.length === 0) continue;
    const tail = sequence.subarray(1);
    const others = tails.get(sequence[0]!);
    if (others) others.push(tail);
    else tails.set(sequence[0]!, [tail]);
  }
  const children = new Map([...tails].map(([token, rest]) => [token, tokenTrie(rest)] as const));
  const numMissing = isEnd ? 0 : 1 + Math.min(...Array.from(children.values(), (child) => child.numMissing));
  return { children, isEnd, numMissing };
}

/** The node after some tokens, where any sequence starts with them. */
export function trieNode(trie: TokenTrie, tokens: ArrayLike<number>): TokenTrie | undefined {
  let node: TokenTrie | undefined = trie;
  for (let i = 0; i < tokens.length && node; i++) node = node.children.get(tokens[i]!);
  return node;
}
