import { indexedTokens } from "./indexed-tokens.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { specialTokens } from "./vocabulary-options.ts";

/** Which tokens of a list play a part, and how often each occurs. */
export interface VocabularyListOptions {
  /** The token of the list that stands for all others; default `null`: to encode another token is then an error. */
  readonly unknown?: string | null;
  /** The tokens of the list that are reserved; default none. */
  readonly reserved?: readonly string[];
  /** [V] default zeros. */
  readonly frequencies?: readonly number[];
}

/**
 * The vocabulary with the given tokens, each with its place in the list as its id: a `vocab.txt` of another program, the
 * tokens of a `ClosedTokenizer`, a set of labels.
 *
 * @param tokens [V] distinct. Borrowed.
 * @throws RangeError when there is none, one stands there twice, or `unknown` or a reserved one does not.
 */
export function vocabularyFromList(
  tokens: readonly string[],
  { unknown = null, reserved = [], frequencies }: VocabularyListOptions = {},
): Vocabulary {
  const caller = "vocabularyFromList";
  if (!Array.isArray(tokens)) throw new TypeError(`${caller}: tokens must be an array, got ${typeof tokens}`);
  if (tokens.length === 0) throw new RangeError(`${caller}: tokens must hold at least one, got none`);
  const seen = new Set<string>();
  tokens.forEach((token, id) => {
    if (typeof token !== "string") {
      throw new TypeError(`${caller}: tokens must be strings, got ${typeof token} at position ${id}`);
    }
    if (seen.has(token)) {
      throw new RangeError(`${caller}: tokens must be distinct, got ${JSON.stringify(token)} again at position ${id}`);
    }
    seen.add(token);
  });
  const special = new Set(specialTokens(caller, { reserved, unknown }));
  for (const token of special) {
    if (seen.has(token)) continue;
    throw new RangeError(`${caller}: tokens must hold the unknown and reserved ones, got no ${JSON.stringify(token)}`);
  }
  if (frequencies && frequencies.length !== tokens.length) {
    throw new RangeError(
      `${caller}: frequencies must have the length of tokens, ${tokens.length}, got ${frequencies.length}`,
    );
  }
  const other = frequencies?.find((frequency) => !Number.isSafeInteger(frequency) || frequency < 0);
  if (other !== undefined) {
    throw new RangeError(`${caller}: frequencies must be non-negative integers, got ${other}`);
  }
  return indexedTokens({
    tokens: [...tokens],
    frequencies: frequencies ? [...frequencies] : tokens.map(() => 0),
    unknownId: unknown === null ? undefined : tokens.indexOf(unknown),
    reserved: tokens.filter((token) => special.has(token) && token !== unknown),
  });
}
