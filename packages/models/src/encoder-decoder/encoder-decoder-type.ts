import { layerShapes } from "@rnnkit/cells";
import { attentionShapes } from "../attention/attention-layer.ts";
import type { ModelType, NamedShape } from "../bundle/model-type.ts";
import { bridgeShapes } from "./bridge.ts";
import {
  checkEncoderDecoderConfig,
  decoderInputSize,
  encodedSize,
  type EncoderDecoderConfig,
} from "./encoder-decoder-config.ts";
import { EncoderDecoder } from "./encoder-decoder.ts";

/** How an encoder-decoder is rebuilt from a bundle. */
export const encoderDecoderType: ModelType<
  EncoderDecoderConfig,
  EncoderDecoder,
  { readonly source: number; readonly target: number }
> = {
  check: checkEncoderDecoderConfig,
  shapes,
  vocabularies: ({ sourceVocabSize, targetVocabSize }) => ({ source: sourceVocabSize, target: targetVocabSize }),
  make: (config, options) => new EncoderDecoder(config, options),
};

function* shapes(given: EncoderDecoderConfig): Iterable<NamedShape> {
  const config = checkEncoderDecoderConfig("model", given);
  const { kind, hiddenSize, numLayers, embeddingSize, isBidirectional, attention } = config;
  yield ["encoder.embedding.weight", [config.sourceVocabSize, embeddingSize]];
  const sizes = { hiddenSize, numLayers };
  for (const [name, shape] of layerShapes(kind, { ...sizes, inputSize: embeddingSize, isBidirectional })) {
    yield [`encoder.rnn.${name}`, shape];
  }
  for (const [name, shape] of bridgeShapes(config)) yield [`encoder.bridge.${name}`, shape];
  yield ["decoder.embedding.weight", [config.targetVocabSize, embeddingSize]];
  for (const [name, shape] of layerShapes(kind, { ...sizes, inputSize: decoderInputSize(config) })) {
    yield [`decoder.rnn.${name}`, shape];
  }
  const valueSize = encodedSize(config);
  if (attention) {
    for (const [name, shape] of attentionShapes(attention.score, { querySize: hiddenSize, valueSize })) {
      yield [`decoder.attention.${name}`, shape];
    }
  }
  if (attention?.place === "after") yield ["decoder.combination.weight", [hiddenSize, valueSize + hiddenSize]];
  yield ["decoder.output.weight", [config.targetVocabSize, hiddenSize]];
  yield ["decoder.output.bias", [config.targetVocabSize]];
}
