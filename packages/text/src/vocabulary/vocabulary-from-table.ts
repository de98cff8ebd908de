import { compareCodePoints } from "./compare-code-points.ts";
import { indexedTokens } from "./indexed-tokens.ts";
import type { TokenTable } from "./token-table.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { checkVocabularyOptions, type VocabularyOptions } from "./vocabulary-options.ts";

/** A vocabulary, and the id of each token of the table that it was made from: -1 where it has none. */
export interface TableVocabulary {
  readonly vocabulary: Vocabulary;
  readonly idOfPlace: Int32Array;
}

/** The vocabulary of counted tokens; `caller` is the public function that was called. */
export function vocabularyFromTable(caller: string, table: TokenTable, options: VocabularyOptions): TableVocabulary {
  const { minFrequency, maxSize, special, reservedAt, unknown, ordering } = checkVocabularyOptions(caller, options);
  const { index, counts } = table;
  const specials = special.map((token) => ({ token, place: index.find(token) }));
  const specialPlaces = new Set(specials.map(({ place }) => place));

  const ofTies = (left: number, right: number) => compareCodePoints(index.tokens[left]!, index.tokens[right]!);
  const kept = placesByFrequency(counts, { minFrequency, ...(ordering === "torchtext" && { ofTies }) })
    .filter((place) => !specialPlaces.has(place))
    .slice(0, maxSize - special.length)
    .map((place) => ({ token: index.tokens[place]!, place }));

  const entries = reservedAt === "start" ? [...specials, ...kept] : [...kept, ...specials];
  if (ordering === "d2l-1.0") entries.sort((left, right) => compareCodePoints(left.token, right.token));
  const tokens = entries.map(({ token }) => token);
  const frequencies = entries.map(({ place }) => counts[place] ?? 0);
  const unknownId = unknown === null ? undefined : tokens.indexOf(unknown);
  if (unknownId !== undefined) frequencies[unknownId]! += sum(counts) - sum(frequencies);
  const reserved = special.filter((token) => token !== unknown);
  if (ordering === "d2l-1.0") reserved.sort(compareCodePoints);

  const idOfPlace = new Int32Array(counts.length).fill(unknownId ?? -1);
  entries.forEach(({ place }, id) => {
    if (place >= 0) idOfPlace[place] = id;
  });
  return { vocabulary: indexedTokens({ tokens, frequencies, unknownId, reserved }), idOfPlace };
}

/** The places whose counts suffice, the greatest counts first; ties in the order of their places unless `ofTies` orders them. */
function placesByFrequency(
  counts: readonly number[],
  { minFrequency, ofTies }: { minFrequency: number; ofTies?: (left: number, right: number) => number },
): number[] {
  // Texts have few different counts: these are sorted, not the tokens.
  const byCount = new Map<number, number[]>();
  counts.forEach((count, place) => {
    if (count < minFrequency) return;
    const same = byCount.get(count);
    if (same) same.push(place);
    else byCount.set(count, [place]);
  });
  const groups = [...byCount].sort(([left], [right]) => right - left).map(([, places]) => places);
  return groups.flatMap((places) => (ofTies ? places.sort(ofTies) : places));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
