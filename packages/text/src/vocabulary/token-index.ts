/** Distinct tokens, numbered 0, 1, 2, ... in the order in which they were placed. */
export interface TokenIndex {
  /** By number; grows with `place`. */
  readonly tokens: readonly string[];
  /** The number of a token, -1 when it has none; also of what is no string. */
  find(token: string): number;
  /** The number of a token, the next one when it had none. */
  place(token: string): number;
}

/**
 * An index of no tokens. A hash table of its own, for the time of a Map goes into tokens fresh from a text: V8 leaves compiled
 * code to hash each new string. This takes half of it or less (bench: vocabulary-lookup).
 */
export function tokenIndex(): TokenIndex {
  const tokens: string[] = [];
  // Open addressing: a token lies in the first free slot from that of its hash on. Never more than half full.
  let numbers = new Int32Array(1024).fill(-1);
  let hashes = new Int32Array(numbers.length);

  /** The slot where a token lies or would lie. */
  function slotOf(token: string, hash: number): number {
    const mask = numbers.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = numbers[slot]!;
      if (number < 0 || (hashes[slot] === hash && tokens[number] === token)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    const old = { numbers, hashes };
    numbers = new Int32Array(2 * numbers.length).fill(-1);
    hashes = new Int32Array(numbers.length);
    old.numbers.forEach((number, i) => {
      if (number < 0) return;
      const hash = old.hashes[i]!;
      const slot = slotOf(tokens[number]!, hash);
      numbers[slot] = number;
      hashes[slot] = hash;
    });
  }

  return {
    tokens,
    find: (token) => (typeof token === "string" ? numbers[slotOf(token, hashOf(token))]! : -1),
    place(token) {
      const hash = hashOf(token);
      const slot = slotOf(token, hash);
      if (numbers[slot]! >= 0) return numbers[slot]!;
      const number = tokens.push(token) - 1;
      numbers[slot] = number;
      hashes[slot] = hash;
      if (2 * tokens.length > numbers.length) grow();
      return number;
    },
  };
}

/** FNV-1a of the code units, with its high bits mixed into the low ones, which choose the slot. */
function hashOf(token: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}
