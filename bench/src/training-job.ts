import { useBackend } from "@rnnkit/backends";
import { LanguageModel, type LanguageModelConfig } from "@rnnkit/models";
import { integer, xoshiro128 } from "@rnnkit/random";
import type { Step } from "./measure.ts";

export interface Sizes {
  /** A network that PyTorch, `tf.layers` and rnnkit all have; the GRU of `tf.layers` resets before the product. */
  readonly kind: "lstm" | "gru" | "rnn-tanh";
  readonly numLayers: number;
  readonly batchSize: number;
  readonly numSteps: number;
  readonly vocabSize: number;
  readonly hiddenSize: number;
}

/**
 * A training step that every engine does from the same parameters on the same batch: ids -> one-hot -> recurrent layers -> linear ->
 * softmax cross-entropy, the gradients of all parameters, and gradient descent. The loss is read back.
 */
export interface TrainingJob extends Sizes {
  /** [B, T], row by row. */
  readonly inputs: Int32Array;
  /** [B, T], row by row. */
  readonly targets: Int32Array;
  /** Initial values under PyTorch's names, in its layouts. */
  readonly parameters: Readonly<Record<string, Float32Array>>;
  readonly learningRate: number;
  /** For the engines that can clip gradients. */
  readonly maxGradientNorm: number;
}

export interface TrainingStep extends Step {
  /** The mean loss of the batch before the step. */
  readonly lossNats: number;
}

export async function trainingJob(sizes: Sizes): Promise<TrainingJob> {
  const generator = xoshiro128(1);
  const ids = () =>
    Int32Array.from({ length: sizes.batchSize * sizes.numSteps }, () => integer(generator, sizes.vocabSize));
  await useBackend({ name: "cpu" });
  const model = new LanguageModel(modelConfig(sizes), { generator });
  const parameters = Object.fromEntries(
    Object.entries(model.parameters).map(([name, variable]) => [name, variable.dataSync<"float32">()]),
  );
  model.dispose();
  return { ...sizes, inputs: ids(), targets: ids(), parameters, learningRate: 1, maxGradientNorm: 1 };
}

export function modelConfig({ kind, numLayers, vocabSize, hiddenSize }: Sizes): LanguageModelConfig {
  return { kind, numLayers, vocabSize, hiddenSize };
}
