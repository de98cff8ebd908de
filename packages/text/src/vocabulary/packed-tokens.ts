/**
 * Room for tokens as bytes, four of which are hashed and compared at a time: each UTF-16 code unit by itself as UTF-8 would
 * write it, then up to three bytes that stand for nothing, so that the next token begins a block. Different tokens have
 * different blocks.
 */
export interface TokenBlocks {
  /** How many code units there is room for, as one token or as many: no token has more blocks than units. */
  readonly maxUnits: number;
  readonly bytes: Uint8Array;
  /** The same memory. Which byte of a block comes first is up to the machine. */
  readonly blocks: Int32Array;
}

/** Tokens of a text in their blocks. */
export interface PackedTokens extends TokenBlocks {
  numTokens: number;
  /** The block behind the last of each token; the first begins at 0, each other where the one before ends. */
  readonly blockEnds: Int32Array;
  /** Where each token lies in its text. */
  readonly textStarts: Int32Array;
  readonly textEnds: Int32Array;
}

/** A byte that UTF-8 never has. */
const PADDING = 0xff;

/** Room for so many code units. */
export function tokenBlocks(maxUnits: number): TokenBlocks {
  const blocks = new Int32Array(maxUnits + 1); // one more, for the filling is written even where a block is full
  return { maxUnits, bytes: new Uint8Array(blocks.buffer), blocks };
}

/** Room for the tokens of so many code units, however these are cut. */
export function packedTokens(numUnits: number): PackedTokens {
  return {
    numTokens: 0,
    ...tokenBlocks(numUnits),
    blockEnds: new Int32Array(numUnits),
    textStarts: new Int32Array(numUnits),
    textEnds: new Int32Array(numUnits),
  };
}

/** Writes a code unit, and says where the next goes. */
export function packUnit(bytes: Uint8Array, at: number, unit: number): number {
  if (unit < 0x80) {
    bytes[at] = unit;
    return at + 1;
  }
  if (unit < 0x800) {
    bytes[at] = 0xc0 | (unit >> 6);
    bytes[at + 1] = 0x80 | (unit & 0x3f);
    return at + 2;
  }
  bytes[at] = 0xe0 | (unit >> 12);
  bytes[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
  bytes[at + 2] = 0x80 | (unit & 0x3f);
  return at + 3;
}

/** Fills the last block of a token that ends before `at`, and says which block is next. */
export function padBlock(bytes: Uint8Array, at: number): number {
  bytes[at] = PADDING;
  bytes[at + 1] = PADDING;
  bytes[at + 2] = PADDING;
  return (at + 3) >> 2;
}
