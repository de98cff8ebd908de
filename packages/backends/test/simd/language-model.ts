import { embeddingLookup, recurrent, softmaxCrossEntropy } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { reals } from "./op-cases.ts";

interface Trained {
  /** Makes a step of gradient descent and gives the loss before it. */
  step(): number;
  dispose(): void;
}

/** A language model of 11 symbols: embedding, LSTM over rows of unlike lengths, masked and smoothed cross-entropy. */
export function languageModel(): Trained {
  const variable = (shape: [number, number], seed: number) =>
    tf.tidy(() => tf.variable(reals<tf.Rank.R2>(shape, seed)));
  const [table, dense] = [variable([11, 6], 3), variable([9, 11], 4)];
  const weights = { inputWeight: variable([36, 6], 5), recurrentWeight: variable([36, 9], 6) };
  const parameters = [table, dense, ...Object.values(weights)];
  const inputs = tf.tensor2d(
    Array.from({ length: 35 }, (_, i) => (i * i) % 11),
    [5, 7],
    "int32",
  );
  const targets = tf.tensor1d(
    Array.from({ length: 35 }, (_, i) => (i * i + 1) % 11),
    "int32",
  );
  const mask = tf.tensor1d(Array.from({ length: 35 }, (_, i) => Number(i % 9 !== 0)));
  const optimizer = tf.train.sgd(0.5);
  return {
    step: () =>
      tf.tidy(() => {
        const loss = optimizer.minimize(
          () => {
            const zeros = tf.zeros<tf.Rank.R2>([5, 9]);
            const { outputs } = recurrent("lstm", {
              inputs: embeddingLookup(table, inputs) as tf.Tensor3D,
              lengths: [7, 3, 7, 1, 5],
              initialState: {
                hidden: zeros,
                cell: zeros,
              },
              weights,
            });
            const logits = tf.matMul(tf.reshape(outputs, [35, 9]), dense) as tf.Tensor2D;
            return tf.mean(softmaxCrossEntropy(logits, targets, { mask, labelSmoothing: 0.1 }));
          },
          true,
          parameters,
        );
        return loss!.dataSync()[0]!;
      }),
    dispose: () => {
      optimizer.dispose();
      tf.dispose([...parameters, inputs, targets, mask]);
    },
  };
}
