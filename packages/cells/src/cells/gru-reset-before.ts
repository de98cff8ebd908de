import * as tf from "@tensorflow/tfjs";
import type { HiddenState } from "@rnnkit/ops";
import type { CellForm } from "./cell-form.ts";
import type { CellWeights } from "./cell-step.ts";
import { gateProduct } from "./gate-product.ts";

interface GRUArguments {
  /** [B, 3H], the product of the inputs. */
  readonly input: tf.Tensor2D;
  /** [B, H], the hidden state as it enters the recurrent product: some of it may be dropped. */
  readonly hidden: tf.Tensor2D;
  readonly state: HiddenState;
}

/**
 * The GRU whose reset gate multiplies before the product: n = tanh(W_in·x + b_in + W_hn·(r ⊙ h) + b_hn),
 * h' = (1 − z) ⊙ n + z ⊙ h.
 *
 * Source: Cho et al. (2014), with their z and 1 − z as in d2l and PyTorch; Keras with `reset_after=False`.
 */
export function gruResetBefore(
  form: CellForm,
  weights: CellWeights,
  { input, hidden, state }: GRUArguments,
): tf.Tensor2D {
  const size = form.hiddenSize;
  const [inputGates, inputCandidate] = tf.split(input, [2 * size, size], 1);
  const recurrentGates = gateProduct(form, weights, { side: "hh", rows: hidden, range: [0, 2 * size] });
  const [reset, update] = tf.split<tf.Tensor2D>(tf.sigmoid(tf.add(inputGates!, recurrentGates)), 2, 1);
  const rows: tf.Tensor2D = tf.mul(reset!, hidden);
  const recurrentCandidate = gateProduct(form, weights, { side: "hh", rows, range: [2 * size, 3 * size] });
  const candidate = tf.tanh(tf.add(inputCandidate!, recurrentCandidate));
  return tf.add(candidate, tf.mul(update!, tf.sub(state.hidden, candidate)));
}
