import type { LoadedRow } from "../../row-kernels/loaded-row.ts";
import { massSelector } from "./mass-selector.ts";

/** From here on a heap, O(V log k), loses to the three passes of the selector. */
const LARGEST_HEAP = 256;

/** Finds the k-th largest of a row, which is loaded; equal ones are counted each. The smallest when there are fewer than k. */
type KthLargest = (scores: Float32Array, row: LoadedRow) => number;

/** A function that does so, with scratch memory of its own. */
export function kthLargest(k: number): KthLargest {
  return k > LARGEST_HEAP ? selectKth(k) : heapKth(k);
}

function selectKth(k: number): KthLargest {
  const select = massSelector();
  return (scores) => scores[select(scores, { isEnough: (count) => count > scores.length - k })]!;
}

function heapKth(k: number): KthLargest {
  const heap = new Float32Array(k); // the smallest of the k largest at its root
  return (scores, row) => {
    const size = Math.min(k, scores.length);
    heap.set(scores.subarray(0, size));
    for (let place = (size >> 1) - 1; place >= 0; place--) sink(heap, { place, size });
    const replaceSmallest = (i: number): void => {
      heap[0] = scores[i]!;
      sink(heap, { place: 0, size });
    };
    row.visitAbove(() => heap[0]!, replaceSmallest, size);
    return heap[0]!;
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
