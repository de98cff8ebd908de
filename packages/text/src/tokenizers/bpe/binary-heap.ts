/** Holds items and gives back, each time, the one that comes before all others. */
export interface BinaryHeap<Item> {
  readonly size: number;
  push(item: Item): void;
  /** The first item, without taking it out; `undefined` when there is none. */
  peek(): Item | undefined;
  /** Takes the first item out. */
  pop(): Item | undefined;
}

/** @param isBefore a strict order. */
export function binaryHeap<Item>(isBefore: (a: Item, b: Item) => boolean): BinaryHeap<Item> {
  const items: Item[] = [];
  return {
    get size() {
      return items.length;
    },
    push(item) {
      let hole = items.push(item) - 1;
      while (hole > 0) {
        const parent = (hole - 1) >> 1;
        if (!isBefore(item, items[parent]!)) break;
        items[hole] = items[parent]!;
        hole = parent;
      }
      items[hole] = item;
    },
    peek: () => items[0],
    pop() {
      const first = items[0];
      const last = items.pop();
      if (last === undefined || items.length === 0) return first;
      let hole = 0;
      for (;;) {
        let child = 2 * hole + 1;
        if (child + 1 < items.length && isBefore(items[child + 1]!, items[child]!)) child++;
        if (child >= items.length || !isBefore(items[child]!, last)) break;
        items[hole] = items[child]!;
        hole = child;
      }
      items[hole] = last;
      return first;
    },
  };
}
