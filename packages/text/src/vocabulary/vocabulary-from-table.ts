import { compareCodePoints } from "./compare-code-points.ts";
import { indexedTokens } from "./indexed-tokens.ts";
import type { TokenTable } from "./token-table.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { checkVocabularyOptions, type VocabularyOptions } from "./vocabulary-options.ts";

/** The vocabulary of counted tokens; `caller` is the public function that was called. */
export function vocabularyFromTable(caller: string, table: TokenTable, options: VocabularyOptions): Vocabulary {
  const { minFrequency, maxSize, special, reservedAt, unknown, ordering } = checkVocabularyOptions(caller, options);
  const { index, counts } = table;
  const specialPlaces = new Set(special.map((token) => index.find(token)));

  const kept: number[] = []; // the places of tokens
  counts.forEach((count, place) => {
    if (count >= minFrequency && !specialPlaces.has(place)) kept.push(place);
  });
  const ofTies = (left: number, right: number) => compareCodePoints(index.tokens[left]!, index.tokens[right]!);
  const isFirstSeenFirst = ordering !== "torchtext";
  kept.sort((left, right) => counts[right]! - counts[left]! || (isFirstSeenFirst ? 0 : ofTies(left, right)));
  kept.length = Math.min(kept.length, maxSize - special.length);

  const keptTokens = kept.map((place) => index.tokens[place]!);
  const tokens = reservedAt === "start" ? [...special, ...keptTokens] : [...keptTokens, ...special];
  if (ordering === "d2l-1.0") tokens.sort(compareCodePoints);
  const frequencies = tokens.map((token) => counts[index.find(token)] ?? 0);
  const unknownId = unknown === null ? undefined : tokens.indexOf(unknown);
  if (unknownId !== undefined) {
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    frequencies[unknownId]! += sum(counts) - sum(frequencies);
  }
  const reserved = special.filter((token) => token !== unknown);
  if (ordering === "d2l-1.0") reserved.sort(compareCodePoints);
  return indexedTokens({ tokens, frequencies, unknownId, reserved });
}
