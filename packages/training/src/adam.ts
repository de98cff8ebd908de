import { optimizerUpdate } from "@rnnkit/ops";
import { checkHyperparameter } from "./check-hyperparameter.ts";
import type { Optimizer } from "./optimizer.ts";
import { slottedOptimizer } from "./slotted-optimizer.ts";

export interface AdamOptions {
  /** The step size. Default 0.001. */
  readonly learningRate?: number;
  /** The decay of the mean of the gradients. Default 0.9. */
  readonly beta1?: number;
  /** The decay of the mean of their squares. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second mean. Default 1e-8. */
  readonly epsilon?: number;
  /** λ of the penalty λ/2·θ², whose gradient is added to that of the loss and so passes through both means. Default 0. */
  readonly weightDecay?: number;
}

/**
 * Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², θ ← θ − lr·m̂/(√v̂ + ε), where m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ).
 *
 * The defaults are PyTorch's, whose ε is 1e-8, where that of TensorFlow.js is 1e-7.
 *
 * @throws RangeError when the learning rate is not positive and finite, a β not in [0, 1), or another option negative or not finite.
 * @see Kingma and Ba, "Adam" (2015); `torch.optim.Adam`.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return decayingAdam("adam", { ...options, decoupledDecay: 0 });
}

/**
 * Adam, of which each step first shrinks the parameters by the factor 1 − lr·decoupledDecay.
 *
 * @param name of the optimizer, which errors begin with.
 */
export function decayingAdam(
  name: string,
  {
    learningRate = 1e-3,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    weightDecay = 0,
    decoupledDecay,
  }: AdamOptions & { readonly decoupledDecay: number },
): Optimizer {
  checkHyperparameter(`${name}: beta1`, beta1, [0, 1]);
  checkHyperparameter(`${name}: beta2`, beta2, [0, 1]);
  checkHyperparameter(`${name}: epsilon`, epsilon, [0, Infinity]);
  for (const decay of [weightDecay, decoupledDecay]) checkHyperparameter(`${name}: weightDecay`, decay, [0, Infinity]);
  return slottedOptimizer({
    name,
    learningRate,
    slots: ["first", "second"],
    step(targets, { numSteps: t, ...rates }) {
      const updated = targets.map(({ parameter, gradient, slot: { first, second } }) => ({
        parameter,
        gradient,
        first,
        second,
      }));
      optimizerUpdate(updated, {
        kind: "adam",
        learningRate: rates.learningRate / (1 - beta1 ** t),
        gradientScale: rates.gradientScale,
        weightDecay,
        parameterScale: 1 - rates.learningRate * decoupledDecay,
        beta1,
        beta2,
        epsilon,
        rootScale: 1 / Math.sqrt(1 - beta2 ** t),
      });
    },
  });
}
