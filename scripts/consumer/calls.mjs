// One small call of each library. by-import.mjs and by-require.cjs make it, and must get the same.
import * as tf from "@tensorflow/tfjs";

tf.enableProdMode(); // no advice to install the native TensorFlow

export const calls = {
  "@rnnkit/random": ({ uniform, xoshiro128 }) => uniform(xoshiro128(1)),
  "@rnnkit/text": ({ bpe, trainBpe, vocabulary }) =>
    vocabulary(bpe(trainBpe([["hello", 2]], { numMerges: 2 })).encode("hello help")).tokens,
  "@rnnkit/samplers": ({ scoringBatches }) => [...scoringBatches(Int32Array.of(1, 2, 3), { numSteps: 2 })],
  "@rnnkit/decoding": ({ greedy, tableStepper }) => greedy(tableStepper([[1]]), { prompt: [0], maxLength: 3 }),
  "@rnnkit/metrics": ({ perplexity }) => perplexity({ totalNats: Math.log(8), count: 1 }),
  "@rnnkit/ops": ({ oneHot }) => oneHot(tf.tensor1d([1, 0], "int32"), 2).arraySync(),
  "@rnnkit/backends": ({ useBackend }) => useBackend({ name: "cpu" }),
  "@rnnkit/cells": ({ uniformVariable }) => uniformVariable({ uint32: () => 0 }, { shape: [2], bound: 1 }).arraySync(),
  "@rnnkit/interop": ({ encodeSafetensors }) => encodeSafetensors({}).length,
  "@rnnkit/models": ({ LanguageModel }) => {
    const sizes = { vocabSize: 3, kind: "gru", hiddenSize: 2 };
    return Object.keys(new LanguageModel(sizes, { generator: { uint32: () => 0 } }).parameters);
  },
  "@rnnkit/training": ({ clipByGlobalNorm }) =>
    clipByGlobalNorm({ weight: tf.tensor1d([3, 4]) }, { maxNorm: 1 }).norm.arraySync(),
  rnnkit: ({ perplexity }) => perplexity({ totalNats: Math.log(8), count: 1 }),
};
