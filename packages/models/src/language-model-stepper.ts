import type { Stepper } from "@rnnkit/decoding";
import type { DecodingState } from "@rnnkit/ops";
import type { LanguageModel } from "./language-model.ts";

/**
 * A language model as the searches of `@rnnkit/decoding` see it.
 *
 * Its states hold memory that outlives a tidy, so they must be disposed, as the searches do; do not step inside a tidy.
 *
 * @param model borrowed: the stepper works until the model is disposed.
 */
export function languageModelStepper(model: LanguageModel): Stepper<DecodingState> {
  return {
    vocabSize: model.config.vocabSize,
    start: (batchSize) => model.decodingState(batchSize),
    step: (tokens, state) => state.step(tokens),
    select: (state, rows) => state.select(rows),
    dispose: (state) => state.dispose(),
  };
}
