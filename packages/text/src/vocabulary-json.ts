import { indexedTokens } from "./indexed-tokens.ts";
import { type TokenizerJSON, tokenizerFromJSON } from "./tokenizers/tokenizer-json.ts";
import type { Tokenizer } from "./tokenizers/tokenizer.ts";
import type { Vocabulary } from "./vocabulary.ts";

const VERSION = 1;

/** The saved form of a vocabulary and its tokenizer: plain JSON, the `vocabulary.json` of a model bundle. */
export interface VocabularyJSON {
  readonly version: typeof VERSION;
  /** The tokenizer's name and settings; a name alone in files of a tokenizer that has none. */
  readonly tokenizer: TokenizerJSON | string;
  /** [V] the token of each id: the unknown one, the reserved ones, then those of the text. */
  readonly tokens: readonly string[];
  readonly numReserved: number;
  /** [V] */
  readonly frequencies: readonly number[];
}

/**
 * The saved form of a vocabulary, from which `vocabularyFromJSON` rebuilds it exactly, also after a round trip through
 * JSON text: every string survives, half surrogate pairs and `__proto__` included.
 *
 * @param tokenizer the one that made the tokens; its name and settings are saved.
 */
export function vocabularyToJSON(vocabulary: Vocabulary, tokenizer: Tokenizer): VocabularyJSON {
  return {
    version: VERSION,
    tokenizer: tokenizer.toJSON(),
    numReserved: vocabulary.reserved.length,
    tokens: [...vocabulary.tokens],
    frequencies: [...vocabulary.frequencies],
  };
}

/**
 * Rebuilds what `vocabularyToJSON` saved.
 *
 * @param json parsed JSON; borrowed.
 * @throws RangeError when it is of another version, or names a tokenizer that this package does not have.
 * @throws TypeError when it is damaged in any other way; the message says where.
 */
export function vocabularyFromJSON(json: unknown): { vocabulary: Vocabulary; tokenizer: Tokenizer } {
  const { version, tokenizer, tokens, numReserved, frequencies } = asRecord(json);
  if (version !== VERSION) {
    throw new RangeError(`vocabularyFromJSON: version must be ${VERSION}, got ${describe(version)}`);
  }
  if (!isTokenizerJSON(tokenizer)) fail("tokenizer must be a name or an object that has one", tokenizer);
  if (!isArrayOf(tokens, isString) || tokens.length === 0) fail("tokens must be a non-empty array of strings", tokens);
  const seen = new Set<string>();
  const repeated = tokens.find((token) => seen.size === seen.add(token).size);
  if (repeated !== undefined) fail("tokens must be distinct", repeated);
  if (!isCount(numReserved) || numReserved >= tokens.length) {
    fail(`numReserved must be an integer from 0 to ${tokens.length - 1}`, numReserved);
  }
  if (!isArrayOf(frequencies, isCount) || frequencies.length !== tokens.length) {
    fail(`frequencies must be an array of ${tokens.length} non-negative integers`, frequencies);
  }
  return {
    vocabulary: indexedTokens({ tokens: [...tokens], frequencies: [...frequencies], numReserved }),
    tokenizer: tokenizerFromJSON(tokenizer),
  };
}

function asRecord(json: unknown): { readonly [field: string]: unknown } {
  if (typeof json !== "object" || json === null || Array.isArray(json)) fail("json must be an object", json);
  return json as { readonly [field: string]: unknown };
}

function isArrayOf<Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] {
  return Array.isArray(value) && value.every(isItem);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isTokenizerJSON(value: unknown): value is VocabularyJSON["tokenizer"] {
  return isString(value) || isString((value as TokenizerJSON | null | undefined)?.name);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function fail(rule: string, value: unknown): never {
  throw new TypeError(`vocabularyFromJSON: ${rule}, got ${describe(value)}`);
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
