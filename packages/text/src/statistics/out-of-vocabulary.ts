import type { Vocabulary } from "../vocabulary/vocabulary.ts";

/** How much of a corpus a vocabulary does not have. */
export interface OutOfVocabulary {
  readonly numTokens: number;
  readonly numUnknown: number;
  /** numUnknown / numTokens: of the running text. */
  readonly rate: number;
  /** Different tokens. */
  readonly numTypes: number;
  readonly numUnknownTypes: number;
  /** numUnknownTypes / numTypes */
  readonly typeRate: number;
}

/**
 * How many tokens of a corpus have no id of their own; the unknown token itself, where a corpus holds it, has none.
 *
 * @param counts tokens with how often they occur: a `TokenCounter`, or what `tokenFrequencies` gives.
 * @throws RangeError when there is none.
 */
export function outOfVocabulary(
  counts: Iterable<readonly [token: string, count: number]>,
  vocabulary: Vocabulary,
): OutOfVocabulary {
  let [numTokens, numUnknown, numTypes, numUnknownTypes] = [0, 0, 0, 0];
  for (const [token, count] of counts) {
    numTokens += count;
    numTypes++;
    if (vocabulary.has(token) && vocabulary.idOf(token) !== vocabulary.unknownId) continue;
    numUnknown += count;
    numUnknownTypes++;
  }
  if (numTokens === 0)
    throw new RangeError("outOfVocabulary: counts must hold at least one token, got an empty corpus");
  return {
    numTokens,
    numUnknown,
    rate: numUnknown / numTokens,
    numTypes,
    numUnknownTypes,
    typeRate: numUnknownTypes / numTypes,
  };
}
