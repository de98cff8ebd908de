import { useBackend } from "@rnnkit/backends";
import * as tf from "@tensorflow/tfjs";
import type { Engine } from "./measure.ts";
import type { Sizes, TrainingJob, TrainingStep } from "./training-job.ts";

/** The same job by `trainOnBatch` of a `tf.layers` model, the ordinary way there; it can not clip gradients. */
export async function tfjsLayersEngine(
  job: TrainingJob,
  { backend, threads }: { readonly backend: "rnnkit-simd" | "wasm" | "cpu"; readonly threads?: number },
): Promise<Engine<TrainingStep>> {
  const activate = () => useBackend({ name: backend, ...(threads !== undefined && { numThreads: threads }) });
  const { numThreads = 1 } = await activate();
  const { kind, numLayers, batchSize, numSteps, vocabSize, hiddenSize } = job;
  const model = tf.sequential({
    layers: [
      ...Array.from({ length: numLayers }, (_, layer) =>
        recurrentLayer(kind, {
          units: hiddenSize,
          returnSequences: true,
          recurrentInitializer: "zeros", // the default is slow, and the weights are set below
          ...(layer === 0 && { inputShape: [numSteps, vocabSize] }),
        }),
      ),
      tf.layers.dense({ units: vocabSize }),
    ],
  });
  setParameters(model, job);
  const optimizer = tf.train.sgd(job.learningRate);
  model.compile({ optimizer, loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits) });
  const oneHot = (ids: Int32Array) =>
    tf.tidy(() => tf.cast(tf.oneHot(tf.tensor2d(ids, [batchSize, numSteps], "int32"), vocabSize), "float32"));
  return {
    name: `tf.layers ${backend === "rnnkit-simd" ? "simd" : backend}`,
    threads: numThreads,
    async activate() {
      await activate();
    },
    async step() {
      const startMs = performance.now();
      const inputs = oneHot(job.inputs);
      const targets = oneHot(job.targets);
      const lossNats = (await model.trainOnBatch(inputs, targets)) as number;
      tf.dispose([inputs, targets]);
      return { ms: performance.now() - startMs, lossNats };
    },
    async dispose() {
      model.dispose();
      optimizer.dispose();
    },
  };
}

export function recurrentLayer(
  kind: Sizes["kind"],
  options: { units: number; returnSequences?: boolean; stateful?: boolean; recurrentInitializer: "zeros" },
): tf.layers.Layer {
  // The default of the gates' activation is a piecewise linear one.
  if (kind === "lstm") return tf.layers.lstm({ ...options, recurrentActivation: "sigmoid" });
  if (kind === "gru") return tf.layers.gru({ ...options, recurrentActivation: "sigmoid" });
  return tf.layers.simpleRNN({ ...options, activation: "tanh" });
}

/**
 * PyTorch's parameters in the layout of Keras: weights transposed, one bias for two. The gates of an LSTM have the same order; those of
 * a GRU are z, r, n, and it resets before the product, so that it is another network of the same size.
 */
export function setParameters(
  model: tf.LayersModel,
  { parameters, kind, numLayers, vocabSize, hiddenSize }: Pick<TrainingJob, "parameters" | keyof Sizes>,
): void {
  const blocks = kind === "gru" ? [1, 0, 2] : undefined;
  const numGates = { lstm: 4, gru: 3, "rnn-tanh": 1 }[kind];
  const ordered = (rows: tf.Tensor): tf.Tensor => {
    if (!blocks) return rows;
    const parts = tf.split(rows, 3);
    return tf.concat(blocks.map((block) => parts[block]!));
  };
  const transposed = (name: string, shape: [number, number]) =>
    tf.transpose(ordered(tf.tensor2d(parameters[name]!, shape)));
  const vector = (name: string) => tf.tensor1d(parameters[name]!);
  const rows = numGates * hiddenSize;
  tf.tidy(() => {
    const recurrent = Array.from({ length: numLayers }, (_, layer) => [
      transposed(`rnn.weight_ih_l${layer}`, [rows, layer === 0 ? vocabSize : hiddenSize]),
      transposed(`rnn.weight_hh_l${layer}`, [rows, hiddenSize]),
      ordered(tf.add(vector(`rnn.bias_ih_l${layer}`), vector(`rnn.bias_hh_l${layer}`))),
    ]);
    const output = tf.tensor2d(parameters["output.weight"]!, [vocabSize, hiddenSize]);
    model.setWeights([...recurrent.flat(), tf.transpose(output), vector("output.bias")]);
  });
}
