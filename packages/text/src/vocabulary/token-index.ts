import type { TextUnits } from "../tokenizers/text-units.ts";
import { hashOfText } from "../tokenizers/unit-hash.ts";

/** Distinct tokens, numbered 0, 1, 2, ... in the order in which they were placed. */
export interface TokenIndex {
  /** By number; grows with `place`. */
  readonly tokens: readonly string[];
  /** The number of a token, -1 when it has none; also of what is no string. */
  find(token: string): number;
  /** The number of a token, the next one when it had none. */
  place(token: string): number;
  /** The same of a token that was found in a text, of which a string is made only when it is new. */
  placeFound(source: TextUnits, start: number, end: number, hash: number): number;
}

/**
 * An index of no tokens, with room for as many as are expected. A hash table of its own, for the time of a Map goes into tokens
 * fresh from a text: V8 leaves compiled code to hash each new string. This takes half of it or less (bench: vocabulary-lookup).
 */
export function tokenIndex(numExpected = 0): TokenIndex {
  const tokens: string[] = [];
  // The units of all tokens, one after the other, and where each begins: to compare them is cheaper than to compare strings.
  let units = new Uint16Array(4096);
  let starts = new Int32Array(1024);
  // Open addressing: a token lies in the first free slot from that of its hash on. A slot is a hash and, beside it, so that
  // they are fetched together, 1 + the token's number, or 0 where it is free. Never more than half full.
  let slots = new Int32Array(2 * 1024);
  while (4 * numExpected > slots.length) slots = new Int32Array(2 * slots.length);

  /** Where in `slots` a token lies or would lie. */
  function slotOf(token: string, hash: number): number {
    const mask = slots.length - 1;
    let slot = firstSlot(hash, mask);
    for (;;) {
      const successor = slots[slot + 1]!;
      if (successor === 0 || (slots[slot] === hash && tokens[successor - 1] === token)) return slot;
      slot = (slot + 2) & mask;
    }
  }

  function grow(): void {
    const smaller = slots;
    slots = new Int32Array(2 * smaller.length);
    const mask = slots.length - 1;
    for (let i = 0; i < smaller.length; i += 2) {
      if (smaller[i + 1] === 0) continue;
      let slot = firstSlot(smaller[i]!, mask);
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = smaller[i]!;
      slots[slot + 1] = smaller[i + 1]!;
    }
  }

  function add(token: string, slot: number, hash: number): number {
    const number = tokens.length;
    const start = starts[number]!;
    const end = start + token.length;
    if (number + 1 === starts.length) starts = larger(Int32Array, starts, 2 * starts.length);
    if (end > units.length) units = larger(Uint16Array, units, 2 * end);
    for (let i = 0; i < token.length; i++) units[start + i] = token.charCodeAt(i);
    starts[number + 1] = end;
    slots[slot] = hash;
    slots[slot + 1] = tokens.push(token);
    if (4 * tokens.length > slots.length) grow();
    return number;
  }

  return {
    tokens,
    find: (token) => (typeof token === "string" ? slots[slotOf(token, hashOfText(token)) + 1]! - 1 : -1),
    place(token) {
      const hash = hashOfText(token);
      const slot = slotOf(token, hash);
      const successor = slots[slot + 1]!;
      return successor > 0 ? successor - 1 : add(token, slot, hash);
    },
    placeFound(source, start, end, hash) {
      const given = source.units;
      const mask = slots.length - 1;
      let slot = firstSlot(hash, mask);
      for (;;) {
        const successor = slots[slot + 1]!;
        if (successor === 0) return add(source.text.slice(start, end), slot, hash);
        if (slots[slot] === hash) {
          let at = starts[successor - 1]!;
          const last = starts[successor]!;
          if (last - at === end - start) {
            for (let i = start; at < last && units[at] === given[i]; i++) at++;
            if (at === last) return successor - 1;
          }
        }
        slot = (slot + 2) & mask;
      }
    },
  };
}

/** Where in `slots` the search for a hash begins. High bits are mixed into the low ones, which choose. */
function firstSlot(hash: number, mask: number): number {
  return (2 * (hash ^ (hash >>> 15))) & mask;
}

function larger<Numbers extends Int32Array | Uint16Array>(
  Type: new (length: number) => Numbers,
  numbers: Numbers,
  length: number,
): Numbers {
  const result = new Type(length);
  result.set(numbers);
  return result;
}
