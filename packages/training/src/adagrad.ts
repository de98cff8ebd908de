import { optimizerUpdate } from "@rnnkit/ops";
import { checkHyperparameter } from "./check-hyperparameter.ts";
import type { Optimizer } from "./optimizer.ts";
import { slottedOptimizer } from "./slotted-optimizer.ts";

export interface AdagradOptions {
  /** The step size. Default 0.01. */
  readonly learningRate?: number;
  /** How fast the step size falls: the step t, from 1, has lr/(1 + (t − 1)·decay). Default 0. */
  readonly learningRateDecay?: number;
  /** What the sums of squares begin with. Default 0. */
  readonly initialAccumulator?: number;
  /** Added to the root of a sum. Default 1e-10. */
  readonly epsilon?: number;
  /** λ of the penalty λ/2·θ², whose gradient is added to that of the loss. Default 0. */
  readonly weightDecay?: number;
}

/**
 * Adagrad: v ← v + g², θ ← θ − lr·g/(√v + ε).
 *
 * The defaults are PyTorch's. TensorFlow.js begins its sums with 0.1, and GloVe with 1.
 *
 * @throws RangeError when the learning rate is not positive and finite, or another option negative or not finite.
 * @see Duchi, Hazan and Singer, "Adaptive Subgradient Methods" (2011); `torch.optim.Adagrad`.
 */
export function adagrad({
  learningRate = 0.01,
  learningRateDecay = 0,
  initialAccumulator = 0,
  epsilon = 1e-10,
  weightDecay = 0,
}: AdagradOptions = {}): Optimizer {
  for (const [name, value] of Object.entries({ learningRateDecay, initialAccumulator, epsilon, weightDecay })) {
    checkHyperparameter(`adagrad: ${name}`, value, [0, Infinity]);
  }
  return slottedOptimizer({
    name: "adagrad",
    learningRate,
    slots: ["sum"],
    initialValue: initialAccumulator,
    step(targets, { learningRate, gradientScale, numSteps }) {
      const decayed = learningRate / (1 + (numSteps - 1) * learningRateDecay);
      const updated = targets.map(({ parameter, gradient, slot }) => ({ parameter, gradient, second: slot.sum }));
      optimizerUpdate(updated, { kind: "adagrad", gradientScale, learningRate: decayed, weightDecay, epsilon });
    },
  });
}
