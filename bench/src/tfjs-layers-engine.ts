import { useBackend } from "@rnnkit/backends";
import * as tf from "@tensorflow/tfjs";
import type { Engine } from "./measure.ts";
import type { TrainingJob, TrainingStep } from "./training-job.ts";

/** The same job by `trainOnBatch` of a `tf.layers` model, the ordinary way there; it can not clip gradients. */
export async function tfjsLayersEngine(
  job: TrainingJob,
  { backend }: { readonly backend: "wasm" | "cpu" },
): Promise<Engine<TrainingStep>> {
  const activate = () => useBackend({ name: backend });
  const { numThreads = 1 } = await activate();
  const { batchSize, numSteps, vocabSize, hiddenSize } = job;
  const model = tf.sequential({
    layers: [
      tf.layers.lstm({
        inputShape: [numSteps, vocabSize],
        units: hiddenSize,
        returnSequences: true,
        recurrentActivation: "sigmoid", // the default is a piecewise linear one
        recurrentInitializer: "zeros", // the default is slow, and the weights are set below
      }),
      tf.layers.dense({ units: vocabSize }),
    ],
  });
  setParameters(model, job);
  const optimizer = tf.train.sgd(job.learningRate);
  model.compile({ optimizer, loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits) });
  const oneHot = (ids: Int32Array) =>
    tf.tidy(() => tf.cast(tf.oneHot(tf.tensor2d(ids, [batchSize, numSteps], "int32"), vocabSize), "float32"));
  return {
    name: `tf.layers ${backend}`,
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

/** PyTorch's parameters in the layout of Keras: weights transposed, one bias for two; the gates have the same order. */
function setParameters(model: tf.LayersModel, { parameters, vocabSize, hiddenSize }: TrainingJob): void {
  const transposed = (name: string, shape: [number, number]) => tf.transpose(tf.tensor2d(parameters[name]!, shape));
  const vector = (name: string) => tf.tensor1d(parameters[name]!);
  tf.tidy(() => {
    model.setWeights([
      transposed("rnn.weight_ih_l0", [4 * hiddenSize, vocabSize]),
      transposed("rnn.weight_hh_l0", [4 * hiddenSize, hiddenSize]),
      tf.add(vector("rnn.bias_ih_l0"), vector("rnn.bias_hh_l0")),
      transposed("output.weight", [vocabSize, hiddenSize]),
      vector("output.bias"),
    ]);
  });
}
