import { checkPositiveInteger } from "./check-positive-integer.ts";
import type { AllowedTokens } from "./constraints/allowed-tokens.ts";
import type { LogitsProcessor } from "./processors/logits-processor.ts";
import { someTokenIds, tokenIds } from "./token-ids.ts";

/** What every way of generating tokens may be told, whatever it continues. */
export interface GenerationOptions {
  /** The largest number of tokens to generate, an end token included. */
  readonly maxLength: number;
  /**
   * The smallest number of tokens to generate, an end token included: no end token comes earlier. Default 1. One more than
   * `min_new_tokens` of Hugging Face, which does not count the end token.
   */
  readonly minLength?: number;
  /** The ids that end a sequence; default none. */
  readonly endTokens?: ArrayLike<number>;
  /** The tokens that every sequence has to start with, after the prompt; default none. */
  readonly forcedPrefix?: ArrayLike<number>;
  /** What may follow what; default everything. */
  readonly allowedTokens?: AllowedTokens;
  /** Change the scores of the next token, in this order, after what is not allowed has become -Infinity; default none. */
  readonly processors?: readonly LogitsProcessor[];
  /** An `AbortSignal`, say: once it throws its reason, so does what generates, before or after a step of the model. */
  readonly signal?: { throwIfAborted(): void };
}

/** What continues one prompt. */
export interface DecodingOptions extends GenerationOptions {
  /** The ids that the model reads first: at least one; copied. */
  readonly prompt: ArrayLike<number>;
}

/** What continues many prompts together. */
export interface BatchOptions extends GenerationOptions {
  /** One prompt or more, of any lengths, each of at least one id; copied. Row i of `start` reads `prompts[i]`. */
  readonly prompts: readonly ArrayLike<number>[];
}

/** {@link DecodingOptions} that were checked and copied: what the caller changes later has no effect. */
export interface DecodingRequest {
  /** The public function that checked, for errors found later. */
  readonly caller: string;
  readonly vocabSize: number;
  readonly prompt: Int32Array;
  readonly promptIndex: number;
  readonly maxLength: number;
  readonly minLength: number;
  readonly endTokens: ReadonlySet<number>;
  readonly forcedPrefix: Int32Array;
  readonly allowedTokens: AllowedTokens | undefined;
  readonly processors: readonly LogitsProcessor[];
  readonly signal: GenerationOptions["signal"];
}

export function decodingRequest(caller: string, vocabSize: number, options: DecodingOptions): DecodingRequest {
  const { prompt, ...generation } = options;
  return {
    ...generationRequest(caller, vocabSize, generation),
    prompt: someTokenIds(caller, "prompt", prompt, vocabSize),
    promptIndex: 0,
  };
}

/** A request for each prompt. */
export function batchRequests(caller: string, vocabSize: number, options: BatchOptions): DecodingRequest[] {
  const { prompts, ...generation } = options;
  if (prompts.length === 0) throw new RangeError(`${caller}: prompts must hold at least one prompt, got none`);
  const request = generationRequest(caller, vocabSize, generation);
  return prompts.map((prompt, promptIndex) => ({
    ...request,
    prompt: someTokenIds(caller, `prompts[${promptIndex}]`, prompt, vocabSize),
    promptIndex,
  }));
}

function generationRequest(
  caller: string,
  vocabSize: number,
  options: GenerationOptions,
): Omit<DecodingRequest, "prompt" | "promptIndex"> {
  const {
    maxLength,
    minLength = 1,
    endTokens = [],
    forcedPrefix = [],
    allowedTokens,
    processors = [],
    signal,
  } = options;
  checkPositiveInteger(caller, "maxLength", maxLength);
  checkPositiveInteger(caller, "minLength", minLength);
  if (minLength > maxLength) {
    throw new RangeError(`${caller}: minLength must be at most maxLength, ${maxLength}, got ${minLength}`);
  }
  const ends = new Set(tokenIds(caller, "endTokens", endTokens, vocabSize));
  const prefix = tokenIds(caller, "forcedPrefix", forcedPrefix, vocabSize);
  if (prefix.length > maxLength) {
    throw new RangeError(`${caller}: forcedPrefix must hold at most maxLength ids, ${maxLength}, got ${prefix.length}`);
  }
  const end = prefix.findIndex((id) => ends.has(id));
  if (end >= 0 && (end < prefix.length - 1 || end + 1 < minLength)) {
    throw new RangeError(
      `${caller}: forcedPrefix must hold no end token but as its last id and from minLength on, got ${prefix[end]} at index ${end}`,
    );
  }
  return {
    caller,
    vocabSize,
    maxLength,
    minLength,
    endTokens: ends,
    forcedPrefix: prefix,
    allowedTokens,
    processors: [...processors],
    signal,
  };
}
