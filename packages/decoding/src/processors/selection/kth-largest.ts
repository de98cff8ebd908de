import { massSelector } from "./mass-selector.ts";

/** From here on a heap, O(V log k), loses to the three passes of the selector. */
const LARGEST_HEAP = 256;

/** A function that finds the k-th largest of a row, equal ones counted each; the smallest when there are fewer than k. */
export function kthLargest(k: number): (scores: Float32Array) => number {
  return k > LARGEST_HEAP ? selectKth(k) : heapKth(k);
}

function selectKth(k: number): (scores: Float32Array) => number {
  const select = massSelector();
  return (scores) => scores[select(scores, { isEnough: (count) => count > scores.length - k })]!;
}

function heapKth(k: number): (scores: Float32Array) => number {
  const heap = new Float32Array(k); // the smallest of the k largest at its root
  return (scores) => {
    const size = Math.min(k, scores.length);
    heap.set(scores.subarray(0, size));
    for (let place = (size >> 1) - 1; place >= 0; place--) sink(heap, { place, size });
    let smallest = heap[0]!;
    for (let i = size; i < scores.length; i++) {
      const score = scores[i]!;
      if (!(score > smallest)) continue;
      heap[0] = score;
      sink(heap, { place: 0, size });
      smallest = heap[0]!;
    }
    return smallest;
  };
}

function sink(heap: Float32Array, { place, size }: { place: number; size: number }): void {
  const value = heap[place]!;
  for (let child = 2 * place + 1; child < size; child = 2 * place + 1) {
    if (child + 1 < size && heap[child + 1]! < heap[child]!) child++;
    if (value <= heap[child]!) break;
    heap[place] = heap[child]!;
    place = child;
  }
  heap[place] = value;
}
