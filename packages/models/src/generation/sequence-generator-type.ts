import type { ModelType, NamedShape } from "../bundle/model-type.ts";
import { recurrentOutputSize, recurrentShapes } from "../config/recurrent-config.ts";
import { linearShapes } from "../modules/linear.ts";
import {
  checkGeneratorConfig,
  generatorInputSize,
  stateSizes,
  type SequenceGeneratorConfig,
} from "./sequence-generator-config.ts";
import { SequenceGenerator } from "./sequence-generator.ts";

/** How a sequence generator is rebuilt from a bundle. */
export const sequenceGeneratorType: ModelType<SequenceGeneratorConfig, SequenceGenerator, { readonly tokens: number }> =
  {
    check: checkGeneratorConfig,
    shapes,
    vocabularies: ({ vocabSize }) => ({ tokens: vocabSize }),
    make: (config, options) => new SequenceGenerator(config, options),
  };

function* shapes(given: SequenceGeneratorConfig): Iterable<NamedShape> {
  const config = checkGeneratorConfig("SequenceGenerator", given);
  const { vocabSize, vectorSize, embeddingSize, numLayers, conditioning } = config;
  if (embeddingSize !== undefined) yield ["embedding.weight", [vocabSize, embeddingSize]];
  if (conditioning !== "each-step") {
    const stateSize = stateSizes(config).reduce((sum, size) => sum + size);
    yield* linearShapes("initial", { inputSize: vectorSize, outputSize: numLayers * stateSize });
  }
  for (const [name, shape] of recurrentShapes(config, { inputSize: generatorInputSize(config) })) {
    yield [`rnn.${name}`, shape];
  }
  yield* linearShapes("output", { inputSize: recurrentOutputSize(config), outputSize: vocabSize });
}
