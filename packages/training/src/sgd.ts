import * as tf from "@tensorflow/tfjs";
import { checkHyperparameter, type Optimizer } from "./optimizer.ts";

export interface SGDOptions {
  /** The step size. */
  readonly learningRate: number;
  /** μ, the share of the last step that the next one repeats. Default 0. */
  readonly momentum?: number;
}

/**
 * Stochastic gradient descent: v ← μ·v + g, θ ← θ − lr·v, with v = g at the first step.
 *
 * @throws RangeError when the learning rate is negative or not finite, or the momentum not in [0, 1).
 * @see `torch.optim.SGD`.
 */
export function sgd({ learningRate, momentum = 0 }: SGDOptions): Optimizer {
  checkHyperparameter("sgd: learningRate", learningRate, [0, Infinity]);
  checkHyperparameter("sgd: momentum", momentum, [0, 1]);
  const velocities = new Map<string, tf.Variable>();
  return {
    update(parameters, gradients) {
      tf.tidy(() => {
        for (const [name, gradient] of Object.entries(gradients)) {
          let step = gradient;
          if (momentum > 0) {
            const velocity = velocities.get(name);
            if (velocity) velocity.assign(tf.add(tf.mul(velocity, momentum), gradient));
            else velocities.set(name, tf.variable(gradient, false));
            step = velocities.get(name)!;
          }
          const parameter = parameters[name]!;
          parameter.assign(tf.sub(parameter, tf.mul(step, learningRate)));
        }
      });
    },
    dispose() {
      tf.dispose([...velocities.values()]);
      velocities.clear();
    },
  };
}
