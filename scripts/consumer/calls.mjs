// One small call of each library. by-import.mjs and by-require.cjs make it, and must get the same.
import * as tf from "@tensorflow/tfjs";

tf.enableProdMode(); // no advice to install the native TensorFlow

export const calls = {
  "@rnnkit/random": ({ uniform, xoshiro128 }) => uniform(xoshiro128(1)),
  "@rnnkit/text": ({ bpe, trainBpe, vocabulary }) =>
    vocabulary(bpe(trainBpe([["hello", 2]], { numMerges: 2 })).encode("hello help")).tokens,
  "@rnnkit/samplers": ({ positionedBatches, repeatedEpochs, scoringBatches }) => {
    const epoch = scoringBatches(Int32Array.of(1, 2, 3), { numSteps: 2 });
    return [...positionedBatches(repeatedEpochs(epoch), { numEpochs: 1 })];
  },
  "@rnnkit/decoding": ({ beamSearch, repetitionPenalty, tableStepper }) => {
    const stepper = tableStepper([
      [1, 0],
      [0, 1],
    ]);
    return beamSearch(stepper, { prompt: [0], maxLength: 3, beamWidth: 2, processors: [repetitionPenalty(1.5)] });
  },
  "@rnnkit/metrics": ({ perplexity }) => perplexity({ totalNats: Math.log(8), count: 1 }),
  "@rnnkit/simd": async ({ createSimd, mapElements }) => {
    const simd = await createSimd();
    const x = simd.allocate(2);
    simd.floats(x).set([4, 9]);
    mapElements(simd, "sqrt", { x, output: x });
    return Array.from(simd.floats(x));
  },
  "@rnnkit/ops": ({ oneHot }) => oneHot(tf.tensor1d([1, 0], "int32"), 2).arraySync(),
  "@rnnkit/backends": ({ useBackend }) => useBackend({ name: "cpu" }),
  "@rnnkit/cells": ({ bidirectionalLayers, unroll }) => {
    const network = bidirectionalLayers("lstm", { inputSize: 1, hiddenSize: 2, generator: { uint32: () => 0 } });
    return unroll(network, tf.ones([2, 3, 1]), { lengths: [3, 1] }).state[0].backward.hidden.shape;
  },
  "@rnnkit/interop": ({ encodeOnnx, networkToKeras }) => {
    const weight = (...shape) => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b)) });
    const forward = { inputWeight: weight(4, 1), recurrentWeight: weight(4, 1) };
    const recurrent = { kind: "lstm", layers: [{ forward }] };
    const model = { recurrent, output: { kind: "linear", weight: weight(1, 1) } };
    return [networkToKeras(recurrent)[0].length, encodeOnnx(model, { task: "tagger" }).length];
  },
  "@rnnkit/models": ({ LanguageModel }) => {
    const sizes = { vocabSize: 3, kind: "gru", hiddenSize: 2 };
    return Object.keys(new LanguageModel(sizes, { generator: { uint32: () => 0 } }).parameters);
  },
  "@rnnkit/training": ({ clipByGlobalNorm }) =>
    clipByGlobalNorm({ weight: tf.tensor1d([3, 4]) }, { maxNorm: 1 }).norm.arraySync(),
  rnnkit: ({ perplexity }) => perplexity({ totalNats: Math.log(8), count: 1 }),
};
