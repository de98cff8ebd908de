import { optimizerUpdate } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { checkHyperparameter } from "./check-hyperparameter.ts";
import type { Optimizer } from "./optimizer.ts";
import { slottedOptimizer } from "./slotted-optimizer.ts";

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
  /** λ of the penalty λ/2·θ², whose gradient is added to that of the loss. Default 0. */
  readonly weightDecay?: number;
}

/**
 * RMSprop: v ← α·v + (1 − α)·g², θ ← θ − lr·g/(√v + ε); with momentum b ← μ·b + g/(√v + ε), θ ← θ − lr·b.
 *
 * The defaults are PyTorch's. ε stands outside of the root, where TensorFlow.js has it inside.
 *
 * @throws RangeError when the learning rate is not positive and finite, α or μ not in [0, 1), or ε or λ negative or not finite.
 * @see Tieleman and Hinton, "Lecture 6.5: rmsprop" (2012); `torch.optim.RMSprop`.
 */
export function rmsprop({
  learningRate = 0.01,
  decay = 0.99,
  epsilon = 1e-8,
  momentum = 0,
  isCentered = false,
  weightDecay = 0,
}: RMSPropOptions = {}): Optimizer {
  checkHyperparameter("rmsprop: decay", decay, [0, 1]);
  checkHyperparameter("rmsprop: epsilon", epsilon, [0, Infinity]);
  checkHyperparameter("rmsprop: momentum", momentum, [0, 1]);
  checkHyperparameter("rmsprop: weightDecay", weightDecay, [0, Infinity]);
  const slots = [
    "square" as const,
    ...(isCentered ? (["mean"] as const) : []),
    ...(momentum > 0 ? (["velocity"] as const) : []),
  ];
  const decayed = (average: tf.Variable, value: tf.Tensor) =>
    average.assign(tf.add(tf.mul(average, decay), tf.mul(value, 1 - decay)));
  return slottedOptimizer({
    name: "rmsprop",
    learningRate,
    slots,
    step({ parameter, gradient, slot: { square, mean, velocity } }, rates) {
      if (!isCentered) {
        const update = { ...rates, weightDecay, beta1: momentum, beta2: decay, epsilon };
        optimizerUpdate([{ parameter, gradient, first: velocity, second: square }], { kind: "rmsprop", ...update });
        return;
      }
      tf.tidy(() => {
        const g = tf.add(tf.mul(gradient, rates.gradientScale), tf.mul(parameter, weightDecay));
        decayed(square, tf.square(g));
        decayed(mean, g);
        const variance = tf.relu(tf.sub(square, tf.square(mean))); // which rounding may make negative
        let step: tf.Tensor = tf.div(g, tf.add(tf.sqrt(variance), epsilon));
        if (velocity) {
          velocity.assign(tf.add(tf.mul(velocity, momentum), step));
          step = velocity;
        }
        parameter.assign(tf.sub(parameter, tf.mul(step, rates.learningRate)));
      });
    },
  });
}
