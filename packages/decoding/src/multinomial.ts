import { collectHypothesis } from "./collect-hypothesis.ts";
import { type DecodingOptions, decodingRequest } from "./decoding-options.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { Stepper } from "./stepper.ts";
import { tokenStream } from "./stream-tokens.ts";
import { multinomialChoice, type MultinomialChoiceOptions } from "./token-choice.ts";

/** What {@link multinomial} needs to know. */
export interface MultinomialOptions extends DecodingOptions, MultinomialChoiceOptions {}

/**
 * Continues a prompt by a token drawn at every step from `softmax(logits / temperature)`, so that whole sequences come
 * with their probability under the (tempered) model.
 *
 * @param stepper borrowed.
 * @returns one hypothesis, whose score is its log-probability under the model's own distribution, not the tempered one.
 * @throws RangeError for a nonsense option, or when the stepper gives NaN, Infinity or no finite logit.
 */
export async function multinomial<State>(stepper: Stepper<State>, options: MultinomialOptions): Promise<Hypothesis> {
  const request = decodingRequest("multinomial", stepper.vocabSize, options);
  return collectHypothesis(tokenStream(stepper, request, multinomialChoice(options)));
}
