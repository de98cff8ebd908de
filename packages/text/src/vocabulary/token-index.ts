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
  // Open addressing: a token lies in the first free slot from that of its hash on. A slot is a hash and, beside it, so that
  // they are fetched together, 1 + the token's number, or 0 where it is free. Never more than half full.
  let slots = new Int32Array(2 * 1024);

  /** Where in `slots` a token lies or would lie. */
  function slotOf(token: string, hash: number): number {
    const mask = slots.length - 1;
    let slot = (2 * hash) & mask;
    for (;;) {
      const successor = slots[slot + 1]!;
      if (successor === 0 || (slots[slot] === hash && tokens[successor - 1] === token)) return slot;
      slot = (slot + 2) & mask;
    }
  }

  function grow(): void {
    slots = new Int32Array(2 * slots.length);
    tokens.forEach((token, number) => {
      const hash = hashOf(token);
      const slot = slotOf(token, hash);
      slots[slot] = hash;
      slots[slot + 1] = number + 1;
    });
  }

  return {
    tokens,
    find: (token) => (typeof token === "string" ? slots[slotOf(token, hashOf(token)) + 1]! - 1 : -1),
    place(token) {
      const hash = hashOf(token);
      const slot = slotOf(token, hash);
      const successor = slots[slot + 1]!;
      if (successor > 0) return successor - 1;
      slots[slot] = hash;
      slots[slot + 1] = tokens.push(token);
      if (4 * tokens.length > slots.length) grow();
      return tokens.length - 1;
    },
  };
}

/** FNV-1a of the code units, with its high bits mixed into the low ones, which choose the slot. */
function hashOf(token: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}
