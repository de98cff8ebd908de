import * as tf from "@tensorflow/tfjs";
import type { GateEquations } from "./gate-equations.ts";

/**
 * With a = input + recurrent: i = σ(a_i), f = σ(a_f), g = tanh(a_g), o = σ(a_o), c' = f ⊙ c + i ⊙ g, h' = o ⊙ tanh(c').
 *
 * Source: Hochreiter and Schmidhuber (1997) with the forget gate of Gers et al. (2000); `torch.nn.LSTM`.
 */
export const lstmEquations: GateEquations = {
  numSaved: 5,
  isAdditive: true,
  forward(input, recurrent, [, cell]) {
    const [inputSum, forgetSum, candidateSum, outputSum] = tf.split(tf.add(input, recurrent), 4, 1);
    const inputGate = tf.sigmoid(inputSum!);
    const forgetGate = tf.sigmoid(forgetSum!);
    const candidate = tf.tanh(candidateSum!);
    const outputGate = tf.sigmoid(outputSum!);
    const nextCell = tf.add(tf.mul(forgetGate, cell!), tf.mul(inputGate, candidate));
    const squashed = tf.tanh(nextCell);
    return {
      state: [tf.mul(outputGate, squashed), nextCell],
      saved: [inputGate, forgetGate, candidate, outputGate, squashed],
    };
  },
  backward([hiddenGradient, cellGradient], [inputGate, forgetGate, candidate, outputGate, squashed], [, cell]) {
    const gradient = tf.add(
      cellGradient!,
      tf.mul(tf.mul(hiddenGradient!, outputGate!), tf.sub(1, tf.square(squashed!))),
    ); // of the new cell state, from both uses of it
    const sums = tf.concat(
      [
        tf.mul(tf.mul(gradient, candidate!), logisticSlope(inputGate!)),
        tf.mul(tf.mul(gradient, cell!), logisticSlope(forgetGate!)),
        tf.mul(tf.mul(gradient, inputGate!), tf.sub(1, tf.square(candidate!))),
        tf.mul(tf.mul(hiddenGradient!, squashed!), logisticSlope(outputGate!)),
      ],
      1,
    );
    return { input: sums, recurrent: sums, state: [null, tf.mul(gradient, forgetGate!)] };
  },
};

/** σ'(x), from σ(x). */
function logisticSlope(value: tf.Tensor): tf.Tensor {
  return tf.mul(value, tf.sub(1, value));
}
