import type { Vocabulary } from "./vocabulary.ts";
import { vocabularyFromList } from "./vocabulary-from-list.ts";

/**
 * One vocabulary that has the tokens of several: those of the first keep their ids, so that a model goes on understanding
 * them, and new ones follow in the order of the others. Frequencies add up; what another counted at its unknown id is counted
 * at the unknown id of the first. Reserved is what was so in any of them.
 *
 * To order the tokens of all anew, merge counts instead: `TokenCounter.addCounts`, then `vocabularyFromCounts`.
 *
 * @param others borrowed.
 */
export function mergeVocabularies(first: Vocabulary, ...others: readonly Vocabulary[]): Vocabulary {
  const { unknownId } = first;
  const frequencies = new Map(first.tokens.map((token, id) => [token, first.frequencies[id]!]));
  const unknown = unknownId === undefined ? null : first.tokens[unknownId]!;
  const reserved = new Set(first.reserved);
  for (const other of others) {
    other.tokens.forEach((token, id) => {
      const merged = id === other.unknownId && unknown !== null ? unknown : token;
      frequencies.set(merged, (frequencies.get(merged) ?? 0) + other.frequencies[id]!);
    });
    for (const token of other.reserved) if (token !== unknown) reserved.add(token);
  }
  return vocabularyFromList([...frequencies.keys()], {
    unknown,
    reserved: [...reserved],
    frequencies: [...frequencies.values()],
  });
}
