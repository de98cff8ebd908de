import { Cursor } from "../cursor.ts";
import { type DecodingOptions, decodingRequest } from "../decoding-options.ts";
import { logitsAdjuster } from "../logits-adjuster.ts";
import type { Stepper } from "../stepper.ts";
import type { TokenChoice } from "../token-choice.ts";
import { isTokenId } from "../token-ids.ts";
import { withToken } from "../with-token.ts";
import type { StopCondition, StopReason } from "./stop-condition.ts";
import { type StreamedToken, streamedToken } from "./streamed-token.ts";

/** What {@link streamTokens} needs to know. */
export interface StreamTokensOptions extends DecodingOptions {
  /** Decides on each token, for instance `greedyChoice` or a `multinomialChoice`. */
  readonly choose: TokenChoice;
  /** Any of these ends the stream, as an end token and `maxLength` do; default none. */
  readonly stopConditions?: readonly StopCondition[];
}

/**
 * Generates tokens one by one, each as soon as it is chosen. The model reads a token when the next one is asked for, and
 * breaking out of the loop frees what the stream holds. So does an abortion, which is noticed before and after every step
 * of the model, those over the prompt included.
 *
 * @param stepper borrowed; several streams may share one.
 * @throws RangeError at once for a nonsense option; the stream throws it when `choose` returns no id of the vocabulary,
 * when the stepper gives NaN, Infinity or no finite logit, or when constraints and processors leave no token.
 */
export function streamTokens<State>(
  stepper: Stepper<State>,
  options: StreamTokensOptions,
): AsyncGenerator<StreamedToken, void, undefined> {
  const request = decodingRequest("streamTokens", stepper.vocabSize, options);
  const { prompt, maxLength, endTokens } = request;
  const { choose, signal } = options;
  const stopConditions = [...(options.stopConditions ?? [])];
  const adjust = logitsAdjuster(request);

  function chosen(scores: Float32Array): number {
    const token = choose(scores);
    if (isTokenId(token, stepper.vocabSize)) return token;
    throw new RangeError(`streamTokens: choose must return an id from 0 to ${stepper.vocabSize - 1}, got ${token}`);
  }

  function stopReason(generated: Int32Array): StopReason | undefined {
    if (endTokens.has(generated.at(-1)!)) return "end token";
    if (stopConditions.some((isEnough) => isEnough(generated))) return "condition";
    return generated.length === maxLength ? "length" : undefined;
  }

  async function* stream(): AsyncGenerator<StreamedToken, void, undefined> {
    signal?.throwIfAborted();
    const cursor = new Cursor(stepper);
    try {
      let ids: Int32Array = prompt; // the prompt, then what was generated, with room for more behind
      for (let numRead = 1; ; numRead++) {
        const logits = await cursor.step(ids.slice(numRead - 1, numRead));
        signal?.throwIfAborted();
        if (numRead < prompt.length) continue;
        const token = chosen(adjust(logits, ids.subarray(0, numRead)));
        ids = withToken(ids, numRead, token);
        const reason = stopReason(ids.subarray(prompt.length, numRead + 1));
        yield streamedToken(logits, token, reason);
        if (reason !== undefined) return;
        signal?.throwIfAborted();
      }
    } finally {
      cursor.dispose();
    }
  }
  return stream();
}
