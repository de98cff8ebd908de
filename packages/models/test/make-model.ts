import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import {
  LanguageModel,
  LatentRegression,
  MarkovRegression,
  SequenceGenerator,
  Tagger,
  TextClassifier,
  type Model,
  type ModelTypeName,
} from "../src/index.ts";

interface GoldenTensor {
  readonly shape: number[];
  readonly values: number[];
}

export interface GoldenCase {
  readonly name: string;
  readonly type: ModelTypeName;
  readonly config: never;
  readonly batch: {
    readonly inputs: GoldenTensor;
    readonly targets: GoldenTensor;
    readonly lengths?: number[];
    readonly vectors?: GoldenTensor;
    readonly features?: Record<string, GoldenTensor>;
  };
  readonly parameters: Record<string, GoldenTensor>;
  readonly predictions: number[];
  readonly gradients: Record<string, number[]>;
  readonly losses: number[];
}

interface MadeModel {
  readonly model: Model;
  readonly predict: () => tf.Tensor;
  readonly loss: () => { readonly meanLoss: tf.Scalar; readonly count: number };
}

/** The model of a golden, what it makes of the golden's batch, and its loss. */
export function makeModel(
  { type, config, batch }: Pick<GoldenCase, "type" | "config" | "batch">,
  generator: Generator,
): MadeModel {
  if (type === "markov-regression" || type === "latent-regression") {
    const model = new { "markov-regression": MarkovRegression, "latent-regression": LatentRegression }[type](config, {
      generator,
    });
    const { shape, values } = batch.inputs;
    const regression = {
      inputs: Float32Array.from(values),
      targets: Float32Array.from(batch.targets.values),
      shape: shape as [number, number, number],
      targetShape: batch.targets.shape as [number, number, number],
    };
    const numSteps = regression.targetShape[1];
    return {
      model,
      predict: () => model.forecast(tf.tensor3d(values, regression.shape), { numSteps }),
      loss: () => model.loss(regression),
    };
  }
  const lengths = Int32Array.from(batch.lengths!);
  const shape = batch.inputs.shape as [number, number];
  const inputs = Int32Array.from(batch.inputs.values);
  const sequences = { inputs, targets: Int32Array.from(batch.targets.values), shape, lengths };
  const ids = () => tf.tensor2d(inputs, shape, "int32");
  if (type === "language-model") {
    const model = new LanguageModel(config, { generator });
    return {
      model,
      predict: () => model.logits(ids(), model.zeroState(shape[0]), { lengths }).logits,
      loss: () => model.loss(sequences, null),
    };
  }
  if (type === "tagger") {
    const model = new Tagger(config, { generator });
    const named = Object.entries(batch.features ?? {});
    const features = Object.fromEntries(named.map(([name, { values }]) => [name, Int32Array.from(values)]));
    return {
      model,
      predict: () => model.logits(ids(), { lengths, features }),
      loss: () => model.loss({ ...sequences, features }),
    };
  }
  if (type === "text-classifier") {
    const model = new TextClassifier(config, { generator });
    return { model, predict: () => model.logits(ids(), { lengths }), loss: () => model.loss(sequences) };
  }
  const model = new SequenceGenerator(config, { generator });
  const { values: vectors, shape: vectorShape } = batch.vectors!;
  return {
    model,
    predict: () =>
      model.logits(ids(), { vectors: tf.tensor2d(vectors, vectorShape as [number, number]), lengths }).logits,
    loss: () => model.loss({ ...sequences, vectors: Float32Array.from(vectors) }),
  };
}
