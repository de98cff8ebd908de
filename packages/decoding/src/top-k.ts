/**
 * The indices of the `count` largest scores, best first, lower index first on ties; those at -Infinity never count, so
 * there may be fewer. A heap of `count` indices with the weakest at its root: O(n log count), and nothing is sorted but
 * the chosen.
 */
export function topK(scores: ArrayLike<number>, count: number): number[] {
  const heap: number[] = [];
  const isWeaker = (i: number, j: number): boolean => scores[i]! < scores[j]! || (scores[i] === scores[j] && i > j);
  for (let index = 0; index < scores.length; index++) {
    if (scores[index] === -Infinity) continue;
    if (heap.length < count) {
      let place = heap.length;
      while (place > 0) {
        const parent = (place - 1) >> 1;
        if (isWeaker(heap[parent]!, index)) break;
        heap[place] = heap[parent]!;
        place = parent;
      }
      heap[place] = index;
    } else if (isWeaker(heap[0]!, index)) {
      let place = 0;
      for (;;) {
        let child = 2 * place + 1;
        if (child >= count) break;
        if (child + 1 < count && isWeaker(heap[child + 1]!, heap[child]!)) child++;
        if (isWeaker(index, heap[child]!)) break;
        heap[place] = heap[child]!;
        place = child;
      }
      heap[place] = index;
    }
  }
  return heap.sort((i, j) => scores[j]! - scores[i]! || i - j);
}
