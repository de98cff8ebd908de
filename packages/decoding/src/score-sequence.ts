import type { LogProbability } from "./log-probability.ts";
import { runSearches } from "./run-searches.ts";
import type { Search } from "./search.ts";
import type { Stepper } from "./stepper.ts";
import { someTokenIds, tokenIds } from "./token-ids.ts";
import { tokenLogProbability } from "./token-log-probability.ts";

/** A continuation of a prompt, to be scored. */
export interface PromptedSequence {
  /** At least one id, which is read and not scored; copied. */
  readonly prompt: ArrayLike<number>;
  /** The T ids to score, perhaps none; copied. */
  readonly tokens: ArrayLike<number>;
}

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
 * @throws RangeError for an id outside the vocabulary, or when the stepper gives NaN, Infinity or no finite logit.
 */
export async function scoreSequence<State>(
  stepper: Stepper<State>,
  sequence: PromptedSequence,
): Promise<SequenceScore> {
  const [score] = await runSearches(stepper, [scoring("scoreSequence", sequence, stepper.vocabSize)]);
  return score!;
}

/**
 * `scoreSequence` of many sequences together, of any lengths: every step of the model serves all that are not done.
 *
 * @param stepper borrowed; its rows must not influence each other. Row i of `start` reads `sequences[i]`.
 * @returns a score for each sequence.
 * @throws RangeError as `scoreSequence` does, and for no sequence.
 */
export async function scoreSequences<State>(
  stepper: Stepper<State>,
  sequences: readonly PromptedSequence[],
): Promise<SequenceScore[]> {
  if (sequences.length === 0) throw new RangeError("scoreSequences: sequences must hold at least one, got none");
  return runSearches(
    stepper,
    sequences.map((sequence) => scoring("scoreSequences", sequence, stepper.vocabSize)),
  );
}

function scoring(caller: string, sequence: PromptedSequence, vocabSize: number): Search<SequenceScore> {
  const tokens = tokenIds(caller, "tokens", sequence.tokens, vocabSize);
  const logProbabilities = new Float64Array(tokens.length);
  let length = 0;
  return {
    prompt: someTokenIds(caller, "prompt", sequence.prompt, vocabSize),
    advance({ logits }) {
      if (tokens.length === 0) return undefined;
      const token = tokens[length]!;
      logProbabilities[length++] = tokenLogProbability(logits, token);
      return length === tokens.length ? undefined : { rows: [0], tokens: [token] };
    },
    result() {
      const sum = logProbabilities.reduce((total, logProbability) => total + logProbability, 0);
      return { logProbabilities, logProbability: sum as LogProbability };
    },
  };
}
