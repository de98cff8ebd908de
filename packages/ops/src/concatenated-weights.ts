import * as tf from "@tensorflow/tfjs";
import { checkWeights } from "./check-recurrent.ts";
import type { RecurrentKind, RecurrentWeights } from "./recurrent-kind.ts";

/**
 * The two products of a step as one: W_ih·x + W_hh·h = [W_ih, W_hh]·[x; h], so that a step is `affine` of the inputs and the
 * hidden state side by side, then the gates.
 *
 * @param kind not `gru`, whose reset gate stands between its two products.
 * @param weights borrowed.
 * @returns weight [G·H, I + H] and bias [G·H], the sum of the two, owned by the caller. Differentiable.
 * @throws ShapeError when the shapes do not fit.
 */
export function concatenatedWeights(
  kind: Exclude<RecurrentKind, "gru">,
  weights: RecurrentWeights,
): { weight: tf.Tensor2D; bias: tf.Tensor1D } {
  checkWeights("concatenatedWeights", kind, weights);
  return tf.tidy(() => {
    const { inputWeight, recurrentWeight, inputBias, recurrentBias } = weights;
    const none = tf.zeros<tf.Rank.R1>([inputWeight.shape[0]]);
    return {
      weight: tf.concat([inputWeight, recurrentWeight], 1),
      bias: tf.add<tf.Tensor1D>(inputBias ?? none, recurrentBias ?? none),
    };
  });
}
