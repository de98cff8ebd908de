import { bpe } from "./bpe/bpe.ts";
import type { BPEMerge } from "./bpe/bpe-merge.ts";
import type { HuggingFaceLibrary } from "./hugging-face/hugging-face-library.ts";
import { huggingFaceTokenizer } from "./hugging-face/hugging-face-tokenizer.ts";
import { type RegexTokenizerOptions, regexTokenizer } from "./regex-tokenizer.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { tokenizerNamed } from "./tokenizer-named.ts";

/** The saved form of a tokenizer: its name and, where it has any, its settings. Plain JSON. */
export interface TokenizerJSON {
  readonly name: string;
  readonly [setting: string]: unknown;
}

/** What a saved form may name beyond the tokenizers of this package. */
export interface TokenizerFromJSONOptions {
  /** Found by their name, before those of this package. */
  readonly tokenizers?: readonly Tokenizer[];
  /** The class `Tokenizer` of `@huggingface/tokenizers`, needed for a tokenizer that was made with it. */
  readonly Tokenizer?: HuggingFaceLibrary;
}

/**
 * Rebuilds a tokenizer from what its `toJSON` gave.
 *
 * @param json parsed JSON; a name alone stands for a tokenizer without settings. Borrowed.
 * @throws RangeError when there is no tokenizer of that name, or a setting is out of range.
 * @throws TypeError when `json` is damaged in any other way.
 */
export function tokenizerFromJSON(json: unknown, options: TokenizerFromJSONOptions = {}): Tokenizer {
  const settings = typeof json === "string" ? { name: json } : (json as TokenizerJSON | null | undefined);
  if (typeof settings?.name !== "string") {
    throw new TypeError(`tokenizerFromJSON: json must be a name or have one, got ${JSON.stringify(json)}`);
  }
  const { name } = settings;
  const given = options.tokenizers?.find((tokenizer) => tokenizer.name === name);
  if (given) return given;
  if (name === "regex") return regexFromJSON(settings);
  if (name === "bpe") {
    const { merges, separator, words = "words" } = settings;
    return bpe(merges as BPEMerge[], {
      separator: separator as string,
      words: tokenizerFromJSON(words, options),
    });
  }
  if (name === "hugging-face") return huggingFaceFromJSON(settings, options);
  return tokenizerNamed(name);
}

function huggingFaceFromJSON({ file, ...settings }: TokenizerJSON, { Tokenizer }: TokenizerFromJSONOptions): Tokenizer {
  if (!Tokenizer) {
    throw new RangeError('tokenizerFromJSON: a tokenizer of "hugging-face" needs the option Tokenizer, got none');
  }
  return huggingFaceTokenizer(file as object, { ...settings, Tokenizer });
}

function regexFromJSON({ pattern, flags, ...options }: TokenizerJSON): Tokenizer {
  if (typeof pattern !== "string" || typeof flags !== "string") {
    const got = `${typeof pattern} and ${typeof flags}`;
    throw new TypeError(`tokenizerFromJSON: pattern and flags of regex must be strings, got ${got}`);
  }
  let compiled;
  try {
    compiled = new RegExp(pattern, flags);
  } catch (cause) {
    const got = `${pattern} and ${flags}`;
    throw new RangeError(
      `tokenizerFromJSON: pattern and flags of regex must be those of a regular expression, got ${got}`,
      { cause },
    );
  }
  return regexTokenizer(compiled, options as RegexTokenizerOptions);
}
