import { layerShapes } from "@rnnkit/cells";
import type { ModelType, NamedShape } from "../bundle/model-type.ts";
import { checkLanguageModelConfig, type LanguageModelConfig } from "./language-model-config.ts";
import { LanguageModel } from "./language-model.ts";

/** How a language model is rebuilt from a bundle. */
export const languageModelType: ModelType<LanguageModelConfig, LanguageModel, { readonly tokens: number }> = {
  check: checkLanguageModelConfig,
  shapes,
  vocabularies: ({ vocabSize }) => ({ tokens: vocabSize }),
  make: (config, options) => new LanguageModel(config, options),
};

function* shapes({ vocabSize, kind, embeddingSize, ...sizes }: LanguageModelConfig): Iterable<NamedShape> {
  if (embeddingSize !== undefined) yield ["embedding.weight", [vocabSize, embeddingSize]];
  for (const [name, shape] of layerShapes(kind, { ...sizes, inputSize: embeddingSize ?? vocabSize })) {
    yield [`rnn.${name}`, shape];
  }
  yield ["output.weight", [vocabSize, sizes.hiddenSize]];
  yield ["output.bias", [vocabSize]];
}
