import { affine } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { Cell } from "../cell.ts";
import { initialParameters } from "../initialization/initial-values.ts";
import { cellForm, type RNNOptions } from "./cell-options.ts";

/** The state of a network that remembers nothing. */
export type NoState = Readonly<Record<string, never>>;

/**
 * What is left of Elman's network without its hidden state: a perceptron, h = tanh(W_ih·x + b_ih), at each step anew.
 *
 * It is the limit of `rnnCell` for a recurrent weight of 0: what a recurrent network gains over it, it gains by its memory.
 * Parameters `weight_ih` [H, I] and `bias_ih` [H].
 *
 * @returns a cell that the caller owns and disposes.
 * @throws RangeError when an option is out of range.
 * @see d2l, "Recurrent Neural Networks", the section on networks without hidden states.
 */
export function perceptronCell(
  options: Pick<RNNOptions, "inputSize" | "hiddenSize" | "initialization" | "generator" | "nonlinearity">,
): Cell<NoState> {
  const { inputSize, hiddenSize, nonlinearity = "tanh" } = options;
  const form = cellForm("perceptronCell", `rnn-${nonlinearity}`, { ...options, numBiases: 1 });
  const { weight_ih, bias_ih, weight_hh } = initialParameters(form, options);
  tf.dispose(weight_hh);
  const activation = nonlinearity === "relu" ? tf.relu : tf.tanh;
  let isDisposed = false;
  const alive = () => {
    if (isDisposed) throw new Error("perceptronCell: already disposed");
    return { weight_ih: weight_ih!, bias_ih: bias_ih! };
  };
  return {
    inputSize,
    outputSize: hiddenSize,
    get parameters() {
      return alive();
    },
    zeroState: () => ({}),
    step(inputs) {
      const parameters = alive();
      const weight = parameters.weight_ih as tf.Variable<tf.Rank.R2>;
      const bias = parameters.bias_ih as tf.Variable<tf.Rank.R1>;
      return { output: tf.tidy(() => activation(affine(inputs, { weight, bias }))), state: {} };
    },
    dispose() {
      isDisposed = true;
      tf.dispose([weight_ih!, bias_ih!]);
    },
  };
}
