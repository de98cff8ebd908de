import { Cursor } from "./cursor.ts";
import { type DecodingOptions, type DecodingRequest, decodingRequest } from "./decoding-options.ts";
import type { LogProbability } from "./log-probability.ts";
import { logSoftmax } from "./log-softmax.ts";
import type { Stepper } from "./stepper.ts";
import { isTokenId } from "./token-ids.ts";
import type { TokenChoice } from "./token-choice.ts";

/** One token of a stream. */
export interface StreamedToken {
  readonly token: number;
  /** In nats, under the model's own distribution, however the token was chosen. */
  readonly logProbability: LogProbability;
  /** Whether it is an end token: the last of its stream. */
  readonly isEnd: boolean;
}

/** What {@link streamTokens} needs to know. */
export interface StreamTokensOptions extends DecodingOptions {
  /** Decides on each token, for instance `greedyChoice` or a `multinomialChoice`. */
  readonly choose: TokenChoice;
}

/**
 * Generates tokens one by one, each as soon as it is chosen, until an end token or `maxLength`. The model reads a token
 * when the next one is asked for, and breaking out of the loop frees what the stream holds.
 *
 * @param stepper borrowed; several streams may share one.
 * @throws RangeError at once for a nonsense option; the stream throws it when `choose` returns no id of the vocabulary or
 * the stepper gives NaN, Infinity or no finite logit.
 */
export function streamTokens<State>(
  stepper: Stepper<State>,
  { choose, ...options }: StreamTokensOptions,
): AsyncGenerator<StreamedToken, void, undefined> {
  return tokenStream(stepper, decodingRequest("streamTokens", stepper.vocabSize, options), choose);
}

/** `streamTokens` of a request that was checked already. */
export async function* tokenStream<State>(
  stepper: Stepper<State>,
  { prompt, maxLength, endTokens }: DecodingRequest,
  choose: TokenChoice,
): AsyncGenerator<StreamedToken, void, undefined> {
  const logProbabilities = new Float64Array(stepper.vocabSize);
  const cursor = new Cursor(stepper);
  try {
    let logits = await cursor.read(prompt);
    for (let length = 1; ; length++) {
      logSoftmax(logits, logProbabilities); // first, because it checks the logits
      const token = choose(logits);
      if (!isTokenId(token, stepper.vocabSize)) {
        throw new RangeError(`streamTokens: choose must return an id from 0 to ${stepper.vocabSize - 1}, got ${token}`);
      }
      const isEnd = endTokens.has(token);
      yield { token, logProbability: logProbabilities[token]! as LogProbability, isEnd };
      if (isEnd || length === maxLength) return;
      logits = await cursor.step(Int32Array.of(token));
    }
  } finally {
    cursor.dispose();
  }
}
