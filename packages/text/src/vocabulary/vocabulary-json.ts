import { type TokenizerFromJSONOptions, type TokenizerJSON, tokenizerFromJSON } from "../tokenizers/tokenizer-json.ts";
import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { vocabularyFromList } from "./vocabulary-from-list.ts";

const VERSION = 2;

/** The saved form of a vocabulary and its tokenizer: plain JSON, the `vocabulary.json` of a model bundle. */
export interface VocabularyJSON {
  readonly version: typeof VERSION;
  readonly tokenizer: TokenizerJSON;
  /** `null` where a token without an id is an error. */
  readonly unknown: string | null;
  /** In the order of their ids. */
  readonly reserved: readonly string[];
  /** [V] the token of each id. */
  readonly tokens: readonly string[];
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
  const { unknownId, reserved, tokens, frequencies } = vocabulary;
  return {
    version: VERSION,
    tokenizer: tokenizer.toJSON(),
    unknown: unknownId === undefined ? null : tokens[unknownId]!,
    reserved: [...reserved],
    tokens: [...tokens],
    frequencies: [...frequencies],
  };
}

/**
 * Rebuilds what `vocabularyToJSON` saved.
 *
 * @param json parsed JSON; borrowed.
 * @param options of `tokenizerFromJSON`: what the tokenizer needs that is not of this package.
 * @throws RangeError when it is of another version, or names a tokenizer that there is not.
 * @throws TypeError when it is damaged in any other way; the message says where.
 */
export function vocabularyFromJSON(
  json: unknown,
  options: TokenizerFromJSONOptions = {},
): { vocabulary: Vocabulary; tokenizer: Tokenizer } {
  const { version, tokenizer, unknown, reserved, tokens, frequencies } = asRecord(json);
  if (version !== VERSION) {
    throw new RangeError(`vocabularyFromJSON: version must be ${VERSION}, got ${describe(version)}`);
  }
  if (!isString((tokenizer as TokenizerJSON | null | undefined)?.name)) {
    fail("tokenizer must be an object that has a name", tokenizer);
  }
  if (!isArrayOf(tokens, isString)) fail("tokens must be an array of strings", tokens);
  if (!isArrayOf(frequencies, isNumber)) fail("frequencies must be an array of numbers", frequencies);
  if (!isArrayOf(reserved, isString)) fail("reserved must be an array of strings", reserved);
  if (!isString(unknown) && unknown !== null) fail("unknown must be a string or null", unknown);
  let vocabulary;
  try {
    vocabulary = vocabularyFromList(tokens, { unknown, reserved, frequencies });
  } catch (error) {
    throw new TypeError(`vocabularyFromJSON: ${(error as Error).message.replace(/^\w+: /, "")}`, { cause: error });
  }
  return { vocabulary, tokenizer: tokenizerFromJSON(tokenizer, options) };
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

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function fail(rule: string, value: unknown): never {
  throw new TypeError(`vocabularyFromJSON: ${rule}, got ${describe(value)}`);
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
