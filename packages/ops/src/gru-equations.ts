import * as tf from "@tensorflow/tfjs";
import type { GateEquations } from "./gate-equations.ts";

/**
 * r = σ(input_r + recurrent_r), z = σ(input_z + recurrent_z), n = tanh(input_n + r ⊙ recurrent_n), h' = (1 − z) ⊙ n + z ⊙ h.
 *
 * The reset gate multiplies after the product with the recurrent weight, as in PyTorch, cuDNN and Keras; the paper (Cho et
 * al., 2014) and d2l multiply before it.
 */
export const gruEquations: GateEquations = {
  numSaved: 4,
  isAdditive: false,
  forward(input, recurrent, [hidden]) {
    const size = hidden!.shape[1]!;
    const [inputGates, inputCandidate] = tf.split(input, [2 * size, size], 1) as Pair;
    const [recurrentGates, recurrentCandidate] = tf.split(recurrent, [2 * size, size], 1) as Pair;
    const gates = tf.sigmoid(tf.add(inputGates, recurrentGates));
    const [reset, update] = tf.split(gates, 2, 1) as Pair;
    const candidate = tf.tanh(tf.add(inputCandidate, tf.mul(reset, recurrentCandidate)));
    const next = tf.add(candidate, tf.mul(update, tf.sub(hidden!, candidate)));
    return { state: [next], saved: [reset, update, candidate, recurrentCandidate] };
  },
  backward([hiddenGradient], [reset, update, candidate, recurrentCandidate], [hidden]) {
    const kept = tf.mul(hiddenGradient!, update!);
    const candidateSum = tf.mul(tf.sub(hiddenGradient!, kept), tf.sub(1, tf.square(candidate!)));
    const resetSum = tf.mul(tf.mul(candidateSum, recurrentCandidate!), tf.mul(reset!, tf.sub(1, reset!)));
    const updateSum = tf.mul(tf.mul(kept, tf.sub(1, update!)), tf.sub(hidden!, candidate!));
    return {
      input: tf.concat([resetSum, updateSum, candidateSum], 1),
      recurrent: tf.concat([resetSum, updateSum, tf.mul(candidateSum, reset!)], 1),
      state: [kept],
    };
  },
};

type Pair = [tf.Tensor, tf.Tensor];
