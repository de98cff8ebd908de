import type { Stepper } from "@rnnkit/decoding";
import { networkStepper } from "../modules/network-stepper.ts";
import type { LanguageModel, LanguageModelState } from "./language-model.ts";

/**
 * A language model as the searches of `@rnnkit/decoding` see it.
 *
 * Its states hold tensors that outlive a tidy, so they must be disposed, as the searches do; do not step inside a tidy.
 *
 * @param model borrowed: the stepper works until the model is disposed.
 */
export function languageModelStepper(model: LanguageModel): Stepper<LanguageModelState> {
  return networkStepper("languageModelStepper", {
    vocabSize: model.config.vocabSize,
    zeroState: (batchSize) => model.zeroState(batchSize),
    step: (tokens, state) => model.step(tokens, state),
  });
}
