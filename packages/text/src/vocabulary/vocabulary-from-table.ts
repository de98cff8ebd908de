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
  const placeOfSpecial = special.map((token, i) => (index.find(token) < 0 ? -1 - i : index.find(token)));
  /** Of a place, or of -1 - i for the special token i, which the table lacks. */
  const tokenAt = (place: number) => (place < 0 ? special[-1 - place]! : index.tokens[place]!);
  const inOrder = (left: number, right: number) => compareCodePoints(tokenAt(left), tokenAt(right));

  const isSpecial = new Set(placeOfSpecial);
  const kept = placesByFrequency(counts, { minFrequency, ...(ordering === "torchtext" && { ofTies: inOrder }) })
    .filter((place) => !isSpecial.has(place))
    .slice(0, maxSize - special.length);

  const places = reservedAt === "start" ? [...placeOfSpecial, ...kept] : [...kept, ...placeOfSpecial];
  if (ordering === "d2l-1.0") places.sort(inOrder);
  const tokens = places.map(tokenAt);
  const frequencies = places.map((place) => (place < 0 ? 0 : counts[place]!));
  const unknownId = unknown === null ? undefined : tokens.indexOf(unknown);
  if (unknownId !== undefined) frequencies[unknownId]! += sum(counts) - sum(frequencies);
  const reserved = special.filter((token) => token !== unknown);
  if (ordering === "d2l-1.0") reserved.sort(compareCodePoints);

  const idOfPlace = new Int32Array(counts.length).fill(unknownId ?? -1);
  for (const [id, place] of places.entries()) if (place >= 0) idOfPlace[place] = id;
  return { vocabulary: indexedTokens({ tokens, frequencies, unknownId, reserved }), idOfPlace };
}

/** The places whose counts suffice, the greatest counts first; ties in the order of their places unless `ofTies` orders them. */
function placesByFrequency(
  counts: readonly number[],
  { minFrequency, ofTies }: { minFrequency: number; ofTies?: (left: number, right: number) => number },
): number[] {
  // Texts have few different counts: these are sorted, not the tokens. Most tokens have the count of the one before.
  const byCount = new Map<number, number[]>();
  let same: number[] = [];
  let countOfSame = NaN;
  for (let place = 0; place < counts.length; place++) {
    const count = counts[place]!;
    if (count < minFrequency) continue;
    if (count !== countOfSame) {
      same = byCount.get(count) ?? [];
      if (same.length === 0) byCount.set(count, same);
      countOfSame = count;
    }
    same.push(place);
  }
  const groups = [...byCount].sort(([left], [right]) => right - left).map(([, places]) => places);
  if (ofTies) for (const places of groups) places.sort(ofTies);
  return groups.flat();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
