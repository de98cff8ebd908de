import { xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { perceptronCell, rnnCell, unroll } from "../src/index.ts";

it.each(["tanh", "relu"] as const)("perceptronCell with %s is rnnCell for a recurrent weight of 0", (nonlinearity) => {
  const options = { inputSize: 3, hiddenSize: 4, nonlinearity, generator: xoshiro128(1) };
  const perceptron = perceptronCell(options);
  const rnn = rnnCell({ ...options, numBiases: 1 });
  tf.tidy(() => {
    rnn.parameters["weight_ih"]!.assign(perceptron.parameters["weight_ih"]!);
    rnn.parameters["bias_ih"]!.assign(perceptron.parameters["bias_ih"]!);
    rnn.parameters["weight_hh"]!.assign(tf.zeros([4, 4]));
    const inputs = tf.reshape(tf.sin(tf.range(0, 30)), [2, 5, 3]) as tf.Tensor3D;
    const { outputs, state } = unroll(perceptron, inputs);
    expectClose(outputs.dataSync(), unroll(rnn, inputs).outputs.dataSync());
    expect(state).toEqual({});
    // It does not remember: in another order, the same outputs in that order.
    expectClose(unroll(perceptron, tf.reverse(inputs, 1)).outputs.dataSync(), tf.reverse(outputs, 1).dataSync());
  });
  perceptron.dispose();
  rnn.dispose();
});
