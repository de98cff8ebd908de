import { normal, xoshiro128 } from "@rnnkit/random";
import { type SeriesBatch, seriesBatches } from "@rnnkit/samplers";
import { adam, evaluate, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";

const NOISE = 0.2;

it("train learns from seriesBatches to forecast a noisy sine, as far as its noise allows", async () => {
  const generator = xoshiro128(3);
  const series = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(0.01 * i) + NOISE * normal(generator));
  const weight = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R2>([4, 1])));
  const loss = ({ inputs, targets, shape, targetShape }: SeriesBatch) =>
    tf.tidy(() => {
      const [numRows, order] = shape;
      const predictions = tf.matMul(tf.tensor2d(inputs, [numRows, order]), weight);
      const error = tf.sub(predictions, tf.tensor2d(targets, [numRows, targetShape[1]]));
      return { meanLoss: tf.mean<tf.Scalar>(tf.square(error)), count: numRows, state: {} };
    });
  const optimizer = adam({ learningRate: 0.01 });
  const batches = seriesBatches(series.subarray(0, 604), { batchSize: 16, order: 4, seed: 1 });
  for await (const report of train({ parameters: { weight }, batches, loss, optimizer, numEpochs: 10 })) {
    expect(report.meanLoss).toBeGreaterThan(0);
  }
  const held = seriesBatches(series.subarray(600), { batchSize: 50, order: 4 }).epoch(0);
  const { totalNats, count } = await evaluate({ batches: held, loss });
  expect(count).toBe(396);
  expect(totalNats / count).toBeGreaterThan(0.8 * NOISE ** 2);
  expect(totalNats / count).toBeLessThan(1.6 * NOISE ** 2);
  optimizer.dispose();
  weight.dispose();
});
