/** The hash of no code units, from which `hashWith` goes on. */
export const EMPTY_HASH = 0x811c9dc5 | 0;

const PRIME = 0x01000193;

/** The hash of code units and one more: FNV-1a, over units in the place of bytes. */
export function hashWith(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, PRIME);
}

/** The hash of all code units of a text. */
export function hashOfText(text: string): number {
  let hash = EMPTY_HASH;
  for (let i = 0; i < text.length; i++) hash = hashWith(hash, text.charCodeAt(i));
  return hash;
}
