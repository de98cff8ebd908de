import * as tf from "@tensorflow/tfjs";
import { checkHyperparameter, type Optimizer } from "./optimizer.ts";

export interface AdamOptions {
  /** The step size. Default 0.001. */
  readonly learningRate?: number;
  /** The decay of the mean of the gradients. Default 0.9. */
  readonly beta1?: number;
  /** The decay of the mean of their squares. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second mean. Default 1e-8. */
  readonly epsilon?: number;
}

interface Moments {
  readonly first: tf.Variable;
  readonly second: tf.Variable;
  /** The number of steps that the moments hold. */
  numSteps: number;
}

/**
 * Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², θ ← θ − lr·m̂/(√v̂ + ε), where m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ).
 *
 * The defaults are PyTorch's, whose ε is 1e-8, where that of TensorFlow.js is 1e-7.
 *
 * @throws RangeError when the learning rate or ε is negative or not finite, or a β not in [0, 1).
 * @see Kingma and Ba, "Adam" (2015); `torch.optim.Adam`.
 */
export function adam({ learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): Optimizer {
  checkHyperparameter("adam: learningRate", learningRate, [0, Infinity]);
  checkHyperparameter("adam: beta1", beta1, [0, 1]);
  checkHyperparameter("adam: beta2", beta2, [0, 1]);
  checkHyperparameter("adam: epsilon", epsilon, [0, Infinity]);
  const moments = new Map<string, Moments>();
  const momentsOf = (name: string, gradient: tf.Tensor): Moments => {
    const zeros = () => tf.variable(tf.zerosLike(gradient), false);
    const known = moments.get(name) ?? { first: zeros(), second: zeros(), numSteps: 0 };
    moments.set(name, known);
    return known;
  };
  return {
    update(parameters, gradients) {
      tf.tidy(() => {
        for (const [name, gradient] of Object.entries(gradients)) {
          const known = momentsOf(name, gradient);
          const { first, second } = known;
          const t = ++known.numSteps;
          first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
          second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
          const root = tf.add(tf.mul(tf.sqrt(second), 1 / Math.sqrt(1 - beta2 ** t)), epsilon);
          const step = tf.mul(tf.div(first, root), learningRate / (1 - beta1 ** t));
          const parameter = parameters[name]!;
          parameter.assign(tf.sub(parameter, step));
        }
      });
    },
    dispose() {
      for (const { first, second } of moments.values()) tf.dispose([first, second]);
      moments.clear();
    },
  };
}
