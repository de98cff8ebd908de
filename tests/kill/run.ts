import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import * as rnn from "rnnkit";

// node run.js [folder]: trains a small GRU with dropout for 500 steps, a checkpoint each where a folder is named, and goes on from
// the last one in it. Writes a line a step, and at the end a digest of all parameters and of what the optimizer remembers.
const NUM_STEPS = 500;
const [folder] = process.argv.slice(2);

tf.enableProdMode();
await rnn.useBackend({ name: "rnnkit-simd", numThreads: 1 });
const ids = Int32Array.from({ length: 800 }, (_, i) => (i * i + (i >> 3)) % 7);
const config = { vocabSize: 7, kind: "gru", hiddenSize: 8, numLayers: 2, embeddingSize: 4, dropout: 0.3 } as const;
const model = new rnn.LanguageModel(config, { generator: rnn.xoshiro128(1) });
const optimizer = rnn.adam({ learningRate: 0.01 });
const store = folder === undefined ? undefined : rnn.checkpointFolder(folder, { fs });
const resume = store && (await rnn.latestCheckpoint(store));
for await (const { step } of rnn.train({
  parameters: model.parameters,
  batches: rnn.sequentialBatches(ids, { batchSize: 4, numSteps: 10, seed: 2 }),
  loss: model.loss,
  optimizer,
  schedule: rnn.linearWarmUp({ numSteps: 100, after: rnn.cosineSchedule({ numSteps: 400, minFactor: 0.1 }) }),
  maxGradientNorm: 1,
  numSteps: NUM_STEPS,
  seed: 3,
  ...(store && { checkpoints: { store, every: 1, fingerprint: config, resume } }),
})) {
  process.stdout.write(`step ${step}\n`);
}
const digest = createHash("sha256");
for (const tensors of [model.parameters, optimizer.state().tensors]) {
  for (const [name, tensor] of Object.entries(tensors)) {
    digest.update(name).update(new Uint8Array((tensor as tf.Tensor).dataSync<"float32">().buffer));
  }
}
process.stdout.write(`digest ${digest.digest("hex")}\n`);
