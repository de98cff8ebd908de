/**
 * The words whose n-grams chrF++ counts: one punctuation mark is set apart from the end of a word, or else from its start,
 * never from both: `(yes)` gives `(yes` and `)`.
 */
export function chrfWords(words: readonly string[]): string[] {
  const separated: string[] = [];
  for (const word of words) {
    const last = word.length - 1;
    if (last > 0 && isPunctuation(word.charCodeAt(last))) separated.push(word.slice(0, last), word.slice(last));
    else if (last > 0 && isPunctuation(word.charCodeAt(0))) separated.push(word.slice(0, 1), word.slice(1));
    else separated.push(word);
  }
  return separated;
}

/** The punctuation and symbols of ASCII, Python's `string.punctuation`. */
function isPunctuation(unit: number): boolean {
  return (
    (unit >= 0x21 && unit <= 0x2f) ||
    (unit >= 0x3a && unit <= 0x40) ||
    (unit >= 0x5b && unit <= 0x60) ||
    (unit >= 0x7b && unit <= 0x7e)
  );
}
