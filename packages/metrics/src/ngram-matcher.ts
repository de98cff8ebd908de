/**
 * Counts the n-grams of two sequences of symbols that match: writes, for each order n of 1 to `maxOrder`, to
 * `matches[n - 1]` how many n-grams of the hypothesis the reference has too, each at most as often as there.
 */
export type NgramMatcher = (hypothesis: readonly number[], reference: readonly number[], matches: Float64Array) => void;

/**
 * An {@link NgramMatcher} whose tables are used again from call to call.
 *
 * The n-grams of the reference are the nodes of a trie, a node found from its parent and its last symbol by hashing with
 * linear probing. An n-gram that occurs once has no nodes below it, only the place where it occurs: longer ones are
 * compared there, and most n-grams of a sentence are such.
 */
export function ngramMatcher(maxOrder: number): NgramMatcher {
  let capacity = 64;
  let slots = new Int32Array(2 * capacity); // hash -> node, 0 for none: the root is no child
  let parents = new Int32Array(capacity);
  let symbols = new Int32Array(capacity);
  let places = new Int32Array(capacity); // 1 + where the only occurrence starts, 0 for a node of several
  let tallies = new Int32Array(capacity); // of a node of several, those not matched yet; of one, the orders matched there

  return (hypothesis, reference, matches) => {
    const maxNodes = reference.length * Math.min(maxOrder, reference.length) + 1;
    if (maxNodes > capacity) {
      capacity = 2 ** Math.ceil(Math.log2(maxNodes));
      slots = new Int32Array(2 * capacity);
      parents = new Int32Array(capacity);
      symbols = new Int32Array(capacity);
      places = new Int32Array(capacity);
      tallies = new Int32Array(capacity);
    }
    const numBits = 1 + Math.ceil(Math.log2(maxNodes)); // no more of the slots than this reference needs
    const mask = 2 ** numBits - 1;
    slots.fill(0, 0, mask + 1);
    matches.fill(0);

    let numNodes = 1;
    /** The slot of a child, or the free one where it belongs. */
    const find = (node: number, symbol: number): number => {
      let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b)) >>> (32 - numBits);
      for (let child = slots[slot]!; child !== 0; child = slots[slot]!) {
        if (parents[child] === node && symbols[child] === symbol) break;
        slot = (slot + 1) & mask;
      }
      return slot;
    };
    const insert = (slot: number, parent: number, symbol: number, start: number): void => {
      const node = numNodes++;
      slots[slot] = node;
      parents[node] = parent;
      symbols[node] = symbol;
      places[node] = start + 1;
      tallies[node] = 0;
    };

    for (let start = 0; start < reference.length; start++) {
      const end = Math.min(start + maxOrder, reference.length);
      let node = 0;
      for (let i = start; i < end; i++) {
        const slot = find(node, reference[i]!);
        const child = slots[slot]!;
        if (child === 0) {
          insert(slot, node, reference[i]!, start);
          break;
        }
        if (places[child] === 0) {
          tallies[child]!++;
        } else {
          const first = places[child]! - 1;
          const next = first + i - start + 1;
          if (i + 1 < start + maxOrder && next < reference.length) {
            insert(find(child, reference[next]!), child, reference[next]!, first);
          }
          places[child] = 0;
          tallies[child] = 2;
        }
        node = child;
      }
    }

    for (let start = 0; start < hypothesis.length; start++) {
      const end = Math.min(start + maxOrder, hypothesis.length);
      let node = 0;
      for (let i = start; i < end; i++) {
        node = slots[find(node, hypothesis[i]!)]!;
        if (node === 0) break; // what the reference has not, it does not continue
        if (places[node] === 0) {
          if (tallies[node] === 0) continue;
          tallies[node]!--;
          matches[i - start]!++;
        } else {
          const offset = places[node]! - 1 - start;
          let last = i + 1;
          while (last < end && hypothesis[last] === reference[last + offset]) last++;
          for (let n = Math.max(i - start, tallies[node]!); n < last - start; n++) matches[n]!++;
          tallies[node] = Math.max(tallies[node]!, last - start);
          break;
        }
      }
    }
  };
}
