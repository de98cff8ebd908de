import { uniformVariable } from "@rnnkit/cells";
import { affine } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";

/** The parameters of a linear layer, as those of `nn.Linear`. */
export type Linear = {
  /** [O, I] */
  readonly weight: tf.Variable<tf.Rank.R2>;
  /** [O] */
  readonly bias?: tf.Variable<tf.Rank.R1>;
};

interface LinearOptions {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly hasBias: boolean;
}

/** All from U(−1/√I, 1/√I), as PyTorch draws them; the caller owns them. */
export function drawLinear(generator: Generator, { inputSize, outputSize, hasBias }: LinearOptions): Linear {
  const bound = 1 / Math.sqrt(inputSize);
  return {
    weight: uniformVariable(generator, { shape: [outputSize, inputSize], bound }) as Linear["weight"],
    ...(hasBias && { bias: uniformVariable(generator, { shape: [outputSize], bound }) as tf.Variable<tf.Rank.R1> }),
  };
}

/** The layer at every step: [B, T, I] → [B, T, O]. */
export function affineSteps(sequence: tf.Tensor3D, linear: Linear): tf.Tensor3D {
  const [batchSize, numSteps, size] = sequence.shape;
  return tf.tidy(() => {
    const rows = affine(tf.reshape(sequence, [-1, size]), linear);
    return tf.reshape(rows, [batchSize, numSteps, linear.weight.shape[0]]);
  });
}
