import { layerNorm, type LSTMState } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { CellWeights } from "./cell-step.ts";

/**
 * The gates of an LSTM with peepholes p, layer normalisation LN or both: i = σ(a_i + p_i ⊙ c), f = σ(a_f + p_f ⊙ c),
 * c' = f ⊙ c + i ⊙ tanh(a_g), o = σ(a_o + p_o ⊙ c'), h' = o ⊙ tanh(LN(c')). The cell state itself is handed on as it is.
 *
 * Source: Gers and Schmidhuber (2000); Ba et al. (2016).
 *
 * @param sums [B, 4H], both products together.
 */
export function lstmGates(
  weights: CellWeights,
  { sums, cell }: { readonly sums: tf.Tensor; readonly cell: tf.Tensor2D },
): LSTMState {
  const [inputSum, forgetSum, candidateSum, outputSum] = tf.split<tf.Tensor2D>(sums as tf.Tensor2D, 4, 1);
  const gate = (sum: tf.Tensor2D, name: string, seen: tf.Tensor2D): tf.Tensor2D => {
    const peephole = weights[name];
    return tf.sigmoid(peephole ? tf.add(sum, tf.mul(seen, peephole)) : sum);
  };
  const written = tf.mul(gate(inputSum!, "peephole_i", cell), tf.tanh(candidateSum!));
  const next: tf.Tensor2D = tf.add(tf.mul(gate(forgetSum!, "peephole_f", cell), cell), written);
  const gain = weights["norm_c"] as tf.Tensor1D | undefined;
  const shown = gain ? layerNorm(next, { gain, bias: weights["norm_c_bias"] as tf.Tensor1D }) : next;
  return { hidden: tf.mul(gate(outputSum!, "peephole_o", next), tf.tanh(shown)), cell: next };
}
