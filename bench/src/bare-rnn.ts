import { normal, type Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { BookBatch } from "./book-job.ts";

/**
 * The language model of d2l 8.5 out of its two equations and ordinary operations of TensorFlow.js,
 *
 *     H_t = tanh(X_t W_xh + H_(t-1) W_hh + b_h),    O_t = H_t W_hq + b_q,
 *
 * from weights of N(0, 0.01²) and a state of zeros.
 */
export function bareRNN(
  generator: Generator,
  { vocabSize, hiddenSize }: { readonly vocabSize: number; readonly hiddenSize: number },
) {
  const draw = (rows: number, columns: number) => {
    const values = Float32Array.from({ length: rows * columns }, () => normal(generator, { standardDeviation: 0.01 }));
    return tf.tidy(() => tf.variable(tf.tensor2d(values, [rows, columns])));
  };
  const zeros = (size: number) => tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([size])));
  const parameters = {
    W_xh: draw(vocabSize, hiddenSize),
    W_hh: draw(hiddenSize, hiddenSize),
    b_h: zeros(hiddenSize),
    W_hq: draw(hiddenSize, vocabSize),
    b_q: zeros(vocabSize),
  };
  const { W_xh, W_hh, b_h, W_hq, b_q } = parameters;
  // TensorFlow.js's wasm backend makes nothing but integers of one-hot rows.
  const oneHot = (ids: number[]): tf.Tensor2D =>
    tf.cast(tf.oneHot(tf.tensor1d(ids, "int32"), vocabSize), "float32") as tf.Tensor2D;
  return {
    parameters,
    loss({ inputs, targets, shape: [batchSize, numSteps] }: BookBatch) {
      // Time step by time step, in each all rows.
      const byTime = (ids: ArrayLike<number>) =>
        Array.from(ids, (_, i) => ids[(i % batchSize) * numSteps + Math.trunc(i / batchSize)]!);
      let hidden: tf.Tensor2D = tf.zeros([batchSize, hiddenSize]);
      const states: tf.Tensor2D[] = [];
      for (const read of tf.split<tf.Tensor2D>(tf.matMul(oneHot(byTime(inputs)), W_xh), numSteps)) {
        hidden = tf.tanh(tf.add(tf.add(read, tf.matMul(hidden, W_hh)), b_h));
        states.push(hidden);
      }
      const logits = tf.add(tf.matMul(tf.concat(states), W_hq), b_q);
      const total = tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), oneHot(byTime(targets)))));
      return { meanLoss: tf.div<tf.Scalar>(total, targets.length), count: targets.length, state: {} };
    },
    dispose: () => tf.dispose(Object.values(parameters) as tf.Tensor[]),
  };
}
