import type { Stepper } from "@rnnkit/decoding";
import type { DecodingState } from "@rnnkit/ops";
import { networkStepper } from "../modules/network-stepper.ts";
import { isFusable } from "./is-fusable.ts";
import type { LanguageModel, LanguageModelState } from "./language-model.ts";

/**
 * A language model as the searches of `@rnnkit/decoding` see it.
 *
 * Its states, opaque, hold memory that outlives a tidy, so they must be disposed, as the searches do; do not step inside a tidy.
 *
 * @param model borrowed: the stepper works until the model is disposed.
 */
export function languageModelStepper(model: LanguageModel): Stepper<DecodingState | LanguageModelState> {
  const stepper = isFusable(model.config) ? fusedStepper(model) : composedStepper(model);
  return stepper as Stepper<DecodingState | LanguageModelState>;
}

function fusedStepper(model: LanguageModel): Stepper<DecodingState> {
  return {
    vocabSize: model.config.vocabSize,
    start: (batchSize) => model.decodingState(batchSize)!,
    step: (tokens, state) => state.step(tokens),
    select: (state, rows) => state.select(rows),
    dispose: (state) => state.dispose(),
  };
}

function composedStepper(model: LanguageModel): Stepper<LanguageModelState> {
  return networkStepper("languageModelStepper", {
    vocabSize: model.config.vocabSize,
    zeroState: (batchSize) => model.zeroState(batchSize),
    step: (tokens, state) => model.step(tokens, state),
  });
}
