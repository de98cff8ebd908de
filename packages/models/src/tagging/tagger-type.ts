import type { ModelType, NamedShape } from "../bundle/model-type.ts";
import { recurrentOutputSize, recurrentShapes } from "../config/recurrent-config.ts";
import { linearShapes } from "../modules/linear.ts";
import { checkTaggerConfig, taggerInputSize, type TaggerConfig } from "./tagger-config.ts";
import { Tagger } from "./tagger.ts";

/** How a tagger is rebuilt from a bundle. Each feature has a vocabulary of its name. */
export const taggerType: ModelType<
  TaggerConfig,
  Tagger,
  { readonly tokens: number; readonly tags: number } & { readonly [feature: string]: number }
> = {
  check: checkTaggerConfig,
  shapes,
  vocabularies: ({ vocabSize, numTags, features = {} }) => ({
    ...Object.fromEntries(Object.entries(features).map(([name, feature]) => [name, feature.vocabSize])),
    tokens: vocabSize,
    tags: numTags,
  }),
  make: (config, options) => new Tagger(config, options),
};

function* shapes(config: TaggerConfig): Iterable<NamedShape> {
  const { vocabSize, numTags, embeddingSize, features = {}, isBidirectional = true } = config;
  if (embeddingSize !== undefined) yield ["embedding.weight", [vocabSize, embeddingSize]];
  for (const [name, feature] of Object.entries(features)) {
    yield [`features.${name}.weight`, [feature.vocabSize, feature.embeddingSize]];
  }
  for (const [name, shape] of recurrentShapes(config, { inputSize: taggerInputSize(config), isBidirectional })) {
    yield [`rnn.${name}`, shape];
  }
  yield* linearShapes("output", {
    inputSize: recurrentOutputSize(config) * (isBidirectional ? 2 : 1),
    outputSize: numTags,
  });
}
