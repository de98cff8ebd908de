import { checkPositiveInteger } from "./check-positive-integer.ts";
import { promptIds, tokenIds } from "./token-ids.ts";

/** What every way of generating tokens needs to know. */
export interface DecodingOptions {
  /** The ids that the model reads first: at least one; copied. */
  readonly prompt: ArrayLike<number>;
  /** The largest number of tokens to generate, an end token included. */
  readonly maxLength: number;
  /** The ids that end a sequence; default none. */
  readonly endTokens?: ArrayLike<number>;
}

/** {@link DecodingOptions} that were checked and copied: what the caller changes later has no effect. */
export interface DecodingRequest {
  readonly prompt: Int32Array;
  readonly maxLength: number;
  readonly endTokens: ReadonlySet<number>;
}

export function decodingRequest(caller: string, vocabSize: number, options: DecodingOptions): DecodingRequest {
  const { prompt, maxLength, endTokens = [] } = options;
  checkPositiveInteger(caller, "maxLength", maxLength);
  return {
    prompt: promptIds(caller, prompt, vocabSize),
    maxLength,
    endTokens: new Set(tokenIds(caller, "endTokens", endTokens, vocabSize)),
  };
}
