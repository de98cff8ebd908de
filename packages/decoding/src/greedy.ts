import { type BatchOptions, batchRequests, type DecodingOptions, decodingRequest } from "./decoding-options.ts";
import type { Hypothesis } from "./hypothesis.ts";
import { runSearches } from "./run-searches.ts";
import type { Stepper } from "./stepper.ts";
import { greedyChoice } from "./token-choice.ts";
import { tokenSearch } from "./token-search.ts";

/**
 * Continues a prompt by the most probable token at every step; of equally probable ones the lowest id.
 *
 * @param stepper borrowed.
 * @returns one hypothesis, whose score is its log-probability.
 * @throws RangeError for a nonsense option, when the stepper gives NaN, Infinity or no finite logit, or when constraints and
 * processors leave no token.
 */
export async function greedy<State>(stepper: Stepper<State>, options: DecodingOptions): Promise<Hypothesis> {
  const request = decodingRequest("greedy", stepper.vocabSize, options);
  const [hypothesis] = await runSearches(stepper, [tokenSearch(request, greedyChoice)], options.signal);
  return hypothesis!;
}

/**
 * `greedy` of many prompts together: every step of the model serves all that are not done.
 *
 * @param stepper borrowed; its rows must not influence each other.
 * @returns a hypothesis for each prompt.
 * @throws RangeError as `greedy` does, and for no prompt.
 */
export async function greedyBatch<State>(stepper: Stepper<State>, options: BatchOptions): Promise<Hypothesis[]> {
  const requests = batchRequests("greedyBatch", stepper.vocabSize, options);
  return runSearches(
    stepper,
    requests.map((request) => tokenSearch(request, greedyChoice)),
    options.signal,
  );
}
