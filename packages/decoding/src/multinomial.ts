import type { Generator } from "@rnnkit/random";
import { type BatchOptions, batchRequests, type DecodingOptions, decodingRequest } from "./decoding-options.ts";
import type { Hypothesis } from "./hypothesis.ts";
import { runSearches } from "./run-searches.ts";
import { checkGenerators } from "./sampling/check-generators.ts";
import type { Stepper } from "./stepper.ts";
import { multinomialChoice, type MultinomialChoiceOptions } from "./token-choice.ts";
import { tokenSearch } from "./token-search.ts";

/** What {@link multinomial} needs to know. */
export interface MultinomialOptions extends DecodingOptions, MultinomialChoiceOptions {}

/** What {@link multinomialBatch} needs to know. */
export interface MultinomialBatchOptions extends BatchOptions, Omit<MultinomialChoiceOptions, "generator"> {
  /** One for each prompt, so that what is drawn for a prompt does not depend on the others; all advanced. */
  readonly generators: readonly Generator[];
}

/**
 * Continues a prompt by a token drawn at every step from `softmax(logits / temperature)`, so that whole sequences come
 * with their probability under the (tempered) model. The temperature comes after all processors; for another order leave
 * it at 1 and put a `temperatureWarper` among them.
 *
 * @param stepper borrowed.
 * @returns one hypothesis, whose score is its log-probability under the model's own distribution, not the tempered one.
 * @throws RangeError for a nonsense option, when the stepper gives NaN, Infinity or no finite logit, or when constraints and
 * processors leave no token.
 */
export async function multinomial<State>(stepper: Stepper<State>, options: MultinomialOptions): Promise<Hypothesis> {
  const request = decodingRequest("multinomial", stepper.vocabSize, options);
  const [hypothesis] = await runSearches(stepper, [tokenSearch(request, multinomialChoice(options))], options.signal);
  return hypothesis!;
}

/**
 * `multinomial` of many prompts together: every step of the model serves all that are not done. The same prompt several
 * times over gives independent samples; for distinct ones see `stochasticBeamSearch`.
 *
 * @param stepper borrowed; its rows must not influence each other.
 * @returns a hypothesis for each prompt: what `multinomial` draws with the prompt's generator.
 * @throws RangeError as `multinomial` does, and unless there are as many generators as prompts, at least one.
 */
export async function multinomialBatch<State>(
  stepper: Stepper<State>,
  options: MultinomialBatchOptions,
): Promise<Hypothesis[]> {
  const { generators, temperature = 1, ...batch } = options;
  const requests = batchRequests("multinomialBatch", stepper.vocabSize, batch);
  checkGenerators("multinomialBatch", generators, requests.length);
  return runSearches(
    stepper,
    requests.map((request, i) => tokenSearch(request, multinomialChoice({ generator: generators[i]!, temperature }))),
    options.signal,
  );
}
