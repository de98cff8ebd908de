import { optimizerUpdate } from "@rnnkit/ops";
import { checkHyperparameter, type Optimizer } from "./optimizer.ts";
import { Slots } from "./slots.ts";

export interface SGDOptions {
  /** The step size. */
  readonly learningRate: number;
  /** μ, the share of the last step that the next one repeats. Default 0. */
  readonly momentum?: number;
  /** Whether the step looks ahead: g + μ·v in place of v. Default false. */
  readonly isNesterov?: boolean;
}

/**
 * Stochastic gradient descent: v ← μ·v + g, θ ← θ − lr·v, with v = g at the first step; by Nesterov θ ← θ − lr·(g + μ·v).
 *
 * @throws RangeError when the learning rate is negative or not finite, the momentum not in [0, 1), or 0 with `isNesterov`.
 * @see `torch.optim.SGD`.
 */
export function sgd({ learningRate, momentum = 0, isNesterov = false }: SGDOptions): Optimizer {
  checkHyperparameter("sgd: learningRate", learningRate, [0, Infinity]);
  checkHyperparameter("sgd: momentum", momentum, [0, 1]);
  if (isNesterov && momentum === 0) throw new RangeError("sgd: momentum must be positive with isNesterov, got 0");
  const slots = new Slots(momentum > 0 ? ["velocity"] : []);
  return {
    update(parameters, gradients, { gradientScale = 1 } = {}) {
      const targets = Object.entries(gradients).map(([name, gradient]) => ({
        parameter: parameters[name]!,
        gradient,
        first: slots.next(name, gradient).velocity,
      }));
      const update = { learningRate, gradientScale, beta1: momentum, gradientWeight: 1, isNesterov };
      optimizerUpdate(targets, { kind: "sgd", ...update });
    },
    dispose() {
      slots.dispose();
    },
  };
}
