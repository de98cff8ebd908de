import { Cursor } from "./cursor.ts";
import type { LogProbability } from "./log-probability.ts";
import { logSoftmax } from "./log-softmax.ts";
import type { Stepper } from "./stepper.ts";
import { promptIds, tokenIds } from "./token-ids.ts";

/** How probable a model finds a sequence. */
export interface SequenceScore {
  /** [T], that of each token given the prompt and the tokens before it, in nats; the caller's. */
  readonly logProbabilities: Float64Array;
  /** Their sum: that of the whole sequence given the prompt. */
  readonly logProbability: LogProbability;
}

/**
 * The log-probability of `tokens` as the continuation of a prompt, token by token.
 *
 * @param stepper borrowed.
 * @param sequence `prompt`, at least one id, which is read and not scored; `tokens`, the T ids to score, perhaps none.
 * @throws RangeError for an id outside the vocabulary, or when the stepper gives NaN, Infinity or no finite logit.
 */
export async function scoreSequence<State>(
  stepper: Stepper<State>,
  sequence: { readonly prompt: ArrayLike<number>; readonly tokens: ArrayLike<number> },
): Promise<SequenceScore> {
  const prompt = promptIds("scoreSequence", sequence.prompt, stepper.vocabSize);
  const tokens = tokenIds("scoreSequence", "tokens", sequence.tokens, stepper.vocabSize);
  const logProbabilities = new Float64Array(tokens.length);
  const row = new Float64Array(stepper.vocabSize);
  let sum = 0;
  const cursor = new Cursor(stepper);
  try {
    let logits = await cursor.read(prompt);
    for (const [i, token] of tokens.entries()) {
      if (i > 0) logits = await cursor.step(tokens.subarray(i - 1, i));
      sum += logProbabilities[i] = logSoftmax(logits, row)[token]!;
    }
  } finally {
    cursor.dispose();
  }
  return { logProbabilities, logProbability: sum as LogProbability };
}
