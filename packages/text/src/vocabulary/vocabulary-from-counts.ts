import { addCountsInto, emptyTable } from "./token-table.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { vocabularyFromTable } from "./vocabulary-from-table.ts";
import type { VocabularyOptions } from "./vocabulary-options.ts";

/**
 * The vocabulary of a corpus whose tokens are counted already: by a `TokenCounter` over a stream, by several workers, or by
 * another program. Equal to `vocabulary` of the corpus where the counts come in the order in which tokens were first seen.
 *
 * @param counts tokens with how often they occur; counts of one token add up. Read once.
 * @throws RangeError when there is none, one is no positive integer, or an option is nonsense.
 */
export function vocabularyFromCounts(
  counts: Iterable<readonly [token: string, count: number]>,
  options: VocabularyOptions = {},
): Vocabulary {
  const table = emptyTable();
  if (addCountsInto(table, counts, "vocabularyFromCounts") === 0) {
    throw new RangeError("vocabularyFromCounts: counts must hold at least one token, got an empty corpus");
  }
  return vocabularyFromTable("vocabularyFromCounts", table, options).vocabulary;
}
