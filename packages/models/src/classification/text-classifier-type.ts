import type { ModelType, NamedShape } from "../bundle/model-type.ts";
import { recurrentOutputSize, recurrentShapes } from "../config/recurrent-config.ts";
import { linearShapes } from "../modules/linear.ts";
import { scorerShapes } from "./attention-scorer.ts";
import { checkClassifierConfig, type TextClassifierConfig } from "./text-classifier-config.ts";
import { TextClassifier } from "./text-classifier.ts";

/** How a text classifier is rebuilt from a bundle. */
export const textClassifierType: ModelType<
  TextClassifierConfig,
  TextClassifier,
  { readonly tokens: number; readonly classes: number }
> = {
  check: checkClassifierConfig,
  shapes,
  vocabularies: ({ vocabSize, numClasses }) => ({ tokens: vocabSize, classes: numClasses }),
  make: (config, options) => new TextClassifier(config, options),
};

function* shapes(config: TextClassifierConfig): Iterable<NamedShape> {
  const { vocabSize, numClasses, embeddingSize, isBidirectional = false, pooling, hiddenSize } = config;
  const { attentionSize = hiddenSize } = config;
  if (embeddingSize !== undefined) yield ["embedding.weight", [vocabSize, embeddingSize]];
  for (const [name, shape] of recurrentShapes(config, { inputSize: embeddingSize ?? vocabSize, isBidirectional })) {
    yield [`rnn.${name}`, shape];
  }
  const inputSize = recurrentOutputSize(config) * (isBidirectional ? 2 : 1);
  if (pooling === "attention") yield* scorerShapes("attention", { inputSize, attentionSize });
  yield* linearShapes("output", { inputSize, outputSize: numClasses });
}
