import { compareCodePoints } from "./compare-code-points.ts";
import { indexedTokens } from "./indexed-tokens.ts";
import type { TokenTable } from "./token-table.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { checkVocabularyOptions, type VocabularyOptions } from "./vocabulary-options.ts";

/** The vocabulary of counted tokens; `caller` is the public function that was called. */
export function vocabularyFromTable(caller: string, table: TokenTable, options: VocabularyOptions): Vocabulary {
  const { minFrequency, maxSize, special, reservedAt, unknown, ordering } = checkVocabularyOptions(caller, options);
  const { index, counts } = table;
  const frequencyOf = (token: string): number => counts[index.find(token)] ?? 0;

  const isSpecial = new Set(special);
  const kept = index.tokens.filter((token) => !isSpecial.has(token) && frequencyOf(token) >= minFrequency);
  const isFirstSeenFirst = ordering !== "torchtext";
  kept.sort(
    (left, right) => frequencyOf(right) - frequencyOf(left) || (isFirstSeenFirst ? 0 : compareCodePoints(left, right)),
  );
  kept.length = Math.min(kept.length, maxSize - special.length);
  const tokens = reservedAt === "start" ? [...special, ...kept] : [...kept, ...special];
  if (ordering === "d2l-1.0") tokens.sort(compareCodePoints);

  const frequencies = tokens.map(frequencyOf);
  const unknownId = unknown === null ? undefined : tokens.indexOf(unknown);
  if (unknownId !== undefined) {
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    frequencies[unknownId]! += sum(counts) - sum(frequencies);
  }
  const reserved = tokens.filter((token) => isSpecial.has(token) && token !== unknown);
  return indexedTokens({ tokens, frequencies, unknownId, reserved });
}
