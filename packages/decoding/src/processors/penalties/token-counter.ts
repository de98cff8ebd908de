/**
 * A function that visits each distinct id of some lists once, with how often it occurs in all of them together. It owns
 * scratch memory of size V, which it leaves as it finds it, so that no step clears it.
 */
export function tokenCounter(): (
  lists: readonly ArrayLike<number>[],
  options: { readonly vocabSize: number; readonly visit: (id: number, count: number) => void },
) => void {
  let counts = new Int32Array(0);
  return (lists, { vocabSize, visit }) => {
    if (counts.length !== vocabSize) counts = new Int32Array(vocabSize);
    for (const list of lists) for (let i = 0; i < list.length; i++) counts[list[i]!]! += 1;
    for (const list of lists) {
      for (let i = 0; i < list.length; i++) {
        const id = list[i]!;
        const count = counts[id]!;
        counts[id] = 0;
        if (count > 0) visit(id, count);
      }
    }
  };
}
