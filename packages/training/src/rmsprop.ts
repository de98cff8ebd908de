import { optimizerUpdate } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { checkHyperparameter, type Gradients, type Optimizer, type Parameters } from "./optimizer.ts";
import { Slots } from "./slots.ts";

export interface RMSPropOptions {
  /** The step size. Default 0.01. */
  readonly learningRate?: number;
  /** α, the decay of the mean of the squared gradients. Default 0.99. */
  readonly decay?: number;
  /** Added to the root of that mean. Default 1e-8. */
  readonly epsilon?: number;
  /** μ, the share of the last step that the next one repeats. Default 0. */
  readonly momentum?: number;
  /** Whether the variance of the gradients takes the place of their mean square. Default false. */
  readonly isCentered?: boolean;
}

/**
 * RMSprop: v ← α·v + (1 − α)·g², θ ← θ − lr·g/(√v + ε); with momentum b ← μ·b + g/(√v + ε), θ ← θ − lr·b.
 *
 * The defaults are PyTorch's. ε stands outside of the root, where TensorFlow.js has it inside.
 *
 * @throws RangeError when the learning rate or ε is negative or not finite, or α or μ not in [0, 1).
 * @see Tieleman and Hinton, "Lecture 6.5: rmsprop" (2012); `torch.optim.RMSprop`.
 */
export function rmsprop({
  learningRate = 0.01,
  decay = 0.99,
  epsilon = 1e-8,
  momentum = 0,
  isCentered = false,
}: RMSPropOptions = {}): Optimizer {
  checkHyperparameter("rmsprop: learningRate", learningRate, [0, Infinity]);
  checkHyperparameter("rmsprop: decay", decay, [0, 1]);
  checkHyperparameter("rmsprop: epsilon", epsilon, [0, Infinity]);
  checkHyperparameter("rmsprop: momentum", momentum, [0, 1]);
  const slots = new Slots([
    "square",
    ...(isCentered ? (["mean"] as const) : []),
    ...(momentum > 0 ? (["velocity"] as const) : []),
  ]);
  const decayed = (average: tf.Variable, value: tf.Tensor) =>
    average.assign(tf.add(tf.mul(average, decay), tf.mul(value, 1 - decay)));
  const centeredUpdate = (parameters: Parameters, gradients: Gradients, gradientScale: number) => {
    for (const [name, unscaled] of Object.entries(gradients)) {
      const gradient = tf.mul(unscaled, gradientScale);
      const { square, mean, velocity } = slots.next(name, gradient);
      decayed(square!, tf.square(gradient));
      decayed(mean!, gradient);
      const variance = tf.relu(tf.sub(square!, tf.square(mean!))); // which rounding may make negative
      let step: tf.Tensor = tf.div(gradient, tf.add(tf.sqrt(variance), epsilon));
      if (velocity) {
        velocity.assign(tf.add(tf.mul(velocity, momentum), step));
        step = velocity;
      }
      const parameter = parameters[name]!;
      parameter.assign(tf.sub(parameter, tf.mul(step, learningRate)));
    }
  };
  return {
    update(parameters, gradients, { gradientScale = 1 } = {}) {
      if (isCentered) return tf.tidy(() => centeredUpdate(parameters, gradients, gradientScale));
      const targets = Object.entries(gradients).map(([name, gradient]) => {
        const { square, velocity } = slots.next(name, gradient);
        return { parameter: parameters[name]!, gradient, first: velocity, second: square };
      });
      const update = { learningRate, gradientScale, beta1: momentum, beta2: decay, epsilon };
      optimizerUpdate(targets, { kind: "rmsprop", ...update });
    },
    dispose() {
      slots.dispose();
    },
  };
}
