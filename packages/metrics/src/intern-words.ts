/** The number of each word, equal where the words are; `ids` gives a new word the next one, and is kept for other texts. */
export function internWords(words: readonly string[], ids: Map<string, number>): number[] {
  return words.map((word) => {
    let id = ids.get(word);
    if (id === undefined) ids.set(word, (id = ids.size));
    return id;
  });
}
