import { type PackedTokens, packUnit, padBlock, type TokenBlocks, tokenBlocks } from "./packed-tokens.ts";

/** Distinct tokens, numbered 0, 1, 2, ... in the order in which they were placed. */
export interface TokenIndex {
  /** By number; grows with `place`. */
  readonly tokens: readonly string[];
  /** The number of a token, -1 when it has none; also of what is no string. */
  find(token: string): number;
  /** The same of many, into an array as long. */
  findAll(tokens: readonly string[], numbers: Int32Array): void;
  /** The number of a token, the next one when it had none. */
  place(token: string): number;
  /** The same of the tokens that were packed from a text, from `at` on in `numbers`. A string is made only of a new one. */
  placePacked(packed: PackedTokens, text: string, numbers: Int32Array, at: number): void;
}

/**
 * An index of no tokens, with room for as many as are expected. A hash table of its own, for the time of a Map goes into tokens
 * fresh from a text: V8 leaves compiled code to hash each new string. This takes half of it or less (bench: vocabulary-lookup).
 */
export function tokenIndex(numExpected = 0): TokenIndex {
  const tokens: string[] = [];
  // The blocks of all tokens, one after the other, and where each begins: to compare them is cheaper than to compare strings.
  let blocks = new Int32Array(1024);
  let starts = new Int32Array(1024);
  // Open addressing: a token lies in the first free slot from that of its hash on. A slot is 0 where it is free, otherwise the
  // hash with 1 + the token's number in the bits that choose a slot: as small as can be, to stay in the cache. Never more
  // than half full, so that these bits suffice.
  let slots = new Int32Array(1024);
  while (2 * numExpected > slots.length) slots = new Int32Array(2 * slots.length);
  let single = tokenBlocks(64);

  function grow(): void {
    slots = new Int32Array(2 * slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < tokens.length; number++) {
      const hash = hashOf(blocks, starts[number]!, starts[number + 1]!);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (number + 1);
    }
  }

  function add(token: string, given: Int32Array, first: number, end: number, slot: number): number {
    const number = tokens.push(token) - 1;
    let start = starts[number]!;
    if (number + 1 === starts.length) starts = larger(starts, 2 * starts.length);
    if (start + end - first > blocks.length) blocks = larger(blocks, 2 * (start + end - first));
    slots[slot] = (hashOf(given, first, end) & -slots.length) | (number + 1);
    for (let i = first; i < end; i++) blocks[start++] = given[i]!;
    starts[number + 1] = start;
    if (2 * tokens.length > slots.length) grow();
    return number;
  }

  /** Room for a token by itself. */
  function roomFor(token: string): TokenBlocks {
    if (token.length > single.maxUnits) single = tokenBlocks(token.length);
    return single;
  }

  return {
    tokens,
    find(token) {
      if (typeof token !== "string") return -1;
      const { bytes, blocks: given } = roomFor(token);
      return Math.max(-1, search(slots, starts, blocks, given, 0, packToken(bytes, token)));
    },
    findAll(all, numbers) {
      const [slotsNow, startsNow, blocksNow] = [slots, starts, blocks];
      let { bytes, blocks: given, maxUnits } = single;
      for (let i = 0; i < all.length; i++) {
        const token = all[i]!;
        if (typeof token !== "string") {
          numbers[i] = -1;
          continue;
        }
        if (token.length > maxUnits) ({ bytes, blocks: given, maxUnits } = roomFor(token));
        const number = search(slotsNow, startsNow, blocksNow, given, 0, packToken(bytes, token));
        numbers[i] = number < 0 ? -1 : number;
      }
    },
    place(token) {
      const { bytes, blocks: given } = roomFor(token);
      const end = packToken(bytes, token);
      const number = search(slots, starts, blocks, given, 0, end);
      return number < 0 ? add(token, given, 0, end, ~number) : number;
    },
    placePacked({ numTokens, blocks: given, blockEnds, textStarts, textEnds }, text, numbers, at) {
      let [slotsNow, startsNow, blocksNow] = [slots, starts, blocks];
      let first = 0;
      for (let i = 0; i < numTokens; i++) {
        const end = blockEnds[i]!;
        let number = search(slotsNow, startsNow, blocksNow, given, first, end);
        if (number < 0) {
          number = add(text.slice(textStarts[i], textEnds[i]), given, first, end, ~number);
          [slotsNow, startsNow, blocksNow] = [slots, starts, blocks];
        }
        numbers[at + i] = number;
        first = end;
      }
    },
  };
}

/** The number of the token of the blocks from `first` to `end` in `given`; when it has none, `~slot` of where it would lie. */
function search(
  slots: Int32Array,
  starts: Int32Array,
  blocks: Int32Array,
  given: Int32Array,
  first: number,
  end: number,
): number {
  const hash = hashOf(given, first, end);
  const mask = slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const held = slots[slot]!;
    if (held === 0) return ~slot;
    if (((held ^ hash) & ~mask) !== 0) continue;
    const successor = held & mask;
    let at = starts[successor - 1]!;
    if (starts[successor]! - at !== end - first) continue;
    let i = first;
    while (i < end && blocks[at] === given[i]) {
      i++;
      at++;
    }
    if (i === end) return successor - 1;
  }
}

/** High bits are mixed into the low ones, which choose a slot. */
function hashOf(blocks: Int32Array, first: number, end: number): number {
  let hash = 0;
  for (let i = first; i < end; i++) {
    hash = Math.imul(hash ^ blocks[i]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Packs one token, and says where its blocks end. */
function packToken(bytes: Uint8Array, token: string): number {
  let at = 0;
  for (let i = 0; i < token.length; i++) {
    const unit = token.charCodeAt(i);
    if (unit < 0x80) bytes[at++] = unit;
    else at = packUnit(bytes, at, unit);
  }
  return padBlock(bytes, at);
}

function larger(numbers: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const result = new Int32Array(length);
  result.set(numbers);
  return result;
}
