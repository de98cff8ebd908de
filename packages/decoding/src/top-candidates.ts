/** Something that competes for a place. */
export interface Candidate {
  /** What candidates are ranked by. */
  readonly key: number;
  /** Of equal keys the lower index is the better. */
  readonly index: number;
}

/** Keeps the `count` best candidates. */
export interface TopCandidates<Ranked extends Candidate> {
  /** What a key has to exceed to be kept, if indices come in order: that of the weakest, -Infinity while there is room. */
  bar(): number;
  offer(candidate: Ranked): void;
  /** The best first; empties the selection. */
  take(): Ranked[];
}

/** A heap with the weakest candidate at its root: nothing is sorted but what is chosen. */
export function topCandidates<Ranked extends Candidate>(count: number): TopCandidates<Ranked> {
  let heap: Ranked[] = [];
  return {
    bar: () => (heap.length < count ? -Infinity : heap[0]!.key),
    offer(candidate) {
      if (heap.length < count) {
        let place = heap.length;
        while (place > 0) {
          const parent = (place - 1) >> 1;
          if (isWeaker(heap[parent]!, candidate)) break;
          heap[place] = heap[parent]!;
          place = parent;
        }
        heap[place] = candidate;
      } else if (isWeaker(heap[0]!, candidate)) {
        let place = 0;
        for (;;) {
          let child = 2 * place + 1;
          if (child >= count) break;
          if (child + 1 < count && isWeaker(heap[child + 1]!, heap[child]!)) child++;
          if (isWeaker(candidate, heap[child]!)) break;
          heap[place] = heap[child]!;
          place = child;
        }
        heap[place] = candidate;
      }
    },
    take() {
      const taken = heap.sort((a, b) => b.key - a.key || a.index - b.index);
      heap = [];
      return taken;
    },
  };
}

function isWeaker(a: Candidate, b: Candidate): boolean {
  return a.key < b.key || (a.key === b.key && a.index > b.index);
}
