import type { ModelType, NamedShape } from "../bundle/model-type.ts";
import { recurrentOutputSize, recurrentShapes } from "../config/recurrent-config.ts";
import { linearShapes } from "../modules/linear.ts";
import { checkLanguageModelConfig, type LanguageModelConfig } from "./language-model-config.ts";
import { LanguageModel } from "./language-model.ts";

/** How a language model is rebuilt from a bundle. */
export const languageModelType: ModelType<LanguageModelConfig, LanguageModel, { readonly tokens: number }> = {
  check: checkLanguageModelConfig,
  shapes,
  vocabularies: ({ vocabSize }) => ({ tokens: vocabSize }),
  make: (config, options) => new LanguageModel(config, options),
};

function* shapes(config: LanguageModelConfig): Iterable<NamedShape> {
  const { vocabSize, embeddingSize, isTied } = config;
  if (embeddingSize !== undefined) yield ["embedding.weight", [vocabSize, embeddingSize]];
  for (const [name, shape] of recurrentShapes(config, { inputSize: embeddingSize ?? vocabSize })) {
    yield [`rnn.${name}`, shape];
  }
  const output = linearShapes("output", { inputSize: recurrentOutputSize(config), outputSize: vocabSize });
  yield* isTied ? output.slice(1) : output;
}
