import * as tf from "@tensorflow/tfjs";
import type { GateEquations } from "./gate-equations.ts";

/** h' = tanh(input + recurrent). Source: Elman (1990); `torch.nn.RNN`. */
export const rnnTanhEquations: GateEquations = elman(tf.tanh, (hidden) => tf.sub(1, tf.square(hidden)));

/** h' = max(0, input + recurrent). Source: `torch.nn.RNN` with `nonlinearity="relu"`. */
export const rnnReluEquations: GateEquations = elman(tf.relu, (hidden) => tf.cast(tf.greater(hidden, 0), "float32"));

/** @param slope the derivative of the activation, from its value. */
function elman(activation: (x: tf.Tensor) => tf.Tensor, slope: (value: tf.Tensor) => tf.Tensor): GateEquations {
  return {
    numSaved: 1,
    isAdditive: true,
    forward(input, recurrent) {
      const hidden = activation(tf.add(input, recurrent));
      return { state: [hidden], saved: [hidden] };
    },
    backward([hiddenGradient], [hidden]) {
      const sum = tf.mul(hiddenGradient!, slope(hidden!));
      return { input: sum, recurrent: sum, state: [null] };
    },
  };
}
