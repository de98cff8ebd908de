import { useBackend } from "@rnnkit/backends";
import { EncoderDecoder, type EncoderDecoderBatch, type EncoderDecoderConfig } from "@rnnkit/models";
import { integer, xoshiro128 } from "@rnnkit/random";

export interface TranslationSizes {
  readonly config: EncoderDecoderConfig;
  readonly batchSize: number;
  /** Of sources and targets alike. */
  readonly numSteps: number;
}

/**
 * A training step of an encoder-decoder that every engine does from the same parameters on the same batch, as d2l does it: the masked
 * cross-entropy, the gradients of d2l's objective, clipped to a norm of 1, and Adam. The loss is read back.
 */
export interface TranslationJob extends TranslationSizes {
  readonly batch: EncoderDecoderBatch & { readonly isContinuation: false };
  /** Initial values under PyTorch's names, in its layouts. */
  readonly parameters: Readonly<Record<string, Float32Array>>;
  readonly learningRate: number;
  readonly maxGradientNorm: number;
}

export async function translationJob(sizes: TranslationSizes): Promise<TranslationJob> {
  const { config, batchSize, numSteps } = sizes;
  const generator = xoshiro128(1);
  const ids = (vocabSize: number) =>
    Int32Array.from({ length: batchSize * numSteps }, () => integer(generator, vocabSize));
  const lengths = () => Int32Array.from({ length: batchSize }, () => 1 + integer(generator, numSteps));
  await useBackend({ name: "cpu" });
  const model = new EncoderDecoder(config, { generator, initialization: "xavier" });
  const parameters = Object.fromEntries(
    Object.entries(model.parameters).map(([name, variable]) => [name, variable.dataSync<"float32">()]),
  );
  model.dispose();
  const shape = [batchSize, numSteps] as const;
  const batch = {
    ...{ sources: ids(config.sourceVocabSize), sourceShape: shape, sourceLengths: lengths() },
    ...{ inputs: ids(config.targetVocabSize), targets: ids(config.targetVocabSize), shape, lengths: lengths() },
    isContinuation: false as const,
  };
  return { ...sizes, batch, parameters, learningRate: 0.005, maxGradientNorm: 1 };
}
