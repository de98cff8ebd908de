import { optimizerUpdate } from "@rnnkit/ops";
import { checkHyperparameter } from "./check-hyperparameter.ts";
import type { Optimizer } from "./optimizer.ts";
import { slottedOptimizer } from "./slotted-optimizer.ts";

export interface SGDOptions {
  /** The step size. */
  readonly learningRate: number;
  /** μ, the share of the last step that the next one repeats. Default 0. */
  readonly momentum?: number;
  /** Whether the step looks ahead: g + μ·v in place of v. Default false. */
  readonly isNesterov?: boolean;
  /** λ of the penalty λ/2·θ², whose gradient is added to that of the loss. Default 0. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent: v ← μ·v + g, θ ← θ − lr·v, with v = g at the first step; by Nesterov θ ← θ − lr·(g + μ·v).
 *
 * @throws RangeError when the learning rate is not positive and finite, the momentum not in [0, 1), or 0 with `isNesterov`, or the
 *   weight decay negative or not finite.
 * @see `torch.optim.SGD`.
 */
export function sgd({ learningRate, momentum = 0, isNesterov = false, weightDecay = 0 }: SGDOptions): Optimizer {
  checkHyperparameter("sgd: momentum", momentum, [0, 1]);
  checkHyperparameter("sgd: weightDecay", weightDecay, [0, Infinity]);
  if (isNesterov && momentum === 0) throw new RangeError("sgd: momentum must be positive with isNesterov, got 0");
  const constants = { beta1: momentum, gradientWeight: 1, isNesterov, weightDecay };
  return slottedOptimizer({
    name: "sgd",
    learningRate,
    slots: momentum > 0 ? ["velocity"] : [],
    step(targets, { learningRate, gradientScale }) {
      const updated = targets.map(({ parameter, gradient, slot }) => ({ parameter, gradient, first: slot.velocity }));
      optimizerUpdate(updated, { kind: "sgd", learningRate, gradientScale, ...constants });
    },
  });
}
