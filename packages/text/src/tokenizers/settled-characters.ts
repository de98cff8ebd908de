/** How much of a text is whole characters, whatever follows: all but the first half of a surrogate pair at its end. */
export function settledCharacters(text: string): number {
  return text.length - (/[\ud800-\udbff]$/.test(text.slice(-1)) ? 1 : 0);
}
