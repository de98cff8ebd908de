import { affine, layerNorm } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { CellForm } from "./cell-form.ts";
import type { CellWeights } from "./cell-step.ts";

interface GateProductArguments {
  /** Which of the two products: of the inputs or of the hidden state. */
  readonly side: "ih" | "hh";
  /** [B, I] or [B, H] */
  readonly rows: tf.Tensor2D;
  /** The rows of the weight that are meant, [from, to); default all. */
  readonly range?: readonly [number, number];
}

/**
 * x·Wᵀ + b; with layer normalisation LN(x·Wᵀ) ⊙ gain + b, over all gates of an LSTM together, and in a GRU over its two gates
 * and its candidate apart, as in the paper (Ba et al., 2016).
 */
export function gateProduct(
  { kind, hiddenSize, hasLayerNorm }: CellForm,
  weights: CellWeights,
  { side, rows, range }: GateProductArguments,
): tf.Tensor2D {
  const part = <T extends tf.Tensor>(name: string): T | undefined => {
    const whole = weights[`${name}_${side}`] as T | undefined;
    return whole && range ? (tf.slice(whole, range[0], range[1] - range[0]) as T) : whole;
  };
  const weight = part<tf.Tensor2D>("weight")!;
  const bias = part<tf.Tensor1D>("bias");
  if (!hasLayerNorm) return affine(rows, { weight, bias });
  const product = affine(rows, { weight });
  const blocks = kind === "gru" && !range ? tf.split<tf.Tensor2D>(product, [2 * hiddenSize, hiddenSize], 1) : [product];
  const normal = blocks.map((block) => layerNorm(block));
  const scaled: tf.Tensor2D = tf.mul(normal.length > 1 ? tf.concat(normal, 1) : normal[0]!, part("norm")!);
  return bias ? tf.add(scaled, bias) : scaled;
}
