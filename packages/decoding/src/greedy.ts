import { collectHypothesis } from "./collect-hypothesis.ts";
import { type DecodingOptions, decodingRequest } from "./decoding-options.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { Stepper } from "./stepper.ts";
import { tokenStream } from "./stream-tokens.ts";
import { greedyChoice } from "./token-choice.ts";

/**
 * Continues a prompt by the most probable token at every step; of equally probable ones the lowest id.
 *
 * @param stepper borrowed.
 * @returns one hypothesis, whose score is its log-probability.
 * @throws RangeError for a nonsense option, or when the stepper gives NaN, Infinity or no finite logit.
 */
export async function greedy<State>(stepper: Stepper<State>, options: DecodingOptions): Promise<Hypothesis> {
  return collectHypothesis(tokenStream(stepper, decodingRequest("greedy", stepper.vocabSize, options), greedyChoice));
}
