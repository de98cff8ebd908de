import { optimizerUpdate } from "@rnnkit/ops";
import { checkHyperparameter, type Optimizer } from "./optimizer.ts";
import { Slots } from "./slots.ts";

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

/**
 * Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², θ ← θ − lr·m̂/(√v̂ + ε), where m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ).
 *
 * The defaults are PyTorch's, whose ε is 1e-8, where that of TensorFlow.js is 1e-7.
 *
 * @throws RangeError when the learning rate or ε is negative or not finite, or a β not in [0, 1).
 * @see Kingma and Ba, "Adam" (2015); `torch.optim.Adam`.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return decayingAdam("adam", { ...options, weightDecay: 0 });
}

/**
 * Adam, of which each step first shrinks the parameters by the factor 1 − lr·weightDecay.
 *
 * @param caller named in errors.
 */
export function decayingAdam(
  caller: string,
  {
    learningRate = 1e-3,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    weightDecay,
  }: AdamOptions & { weightDecay: number },
): Optimizer {
  checkHyperparameter(`${caller}: learningRate`, learningRate, [0, Infinity]);
  checkHyperparameter(`${caller}: beta1`, beta1, [0, 1]);
  checkHyperparameter(`${caller}: beta2`, beta2, [0, 1]);
  checkHyperparameter(`${caller}: epsilon`, epsilon, [0, Infinity]);
  checkHyperparameter(`${caller}: weightDecay`, weightDecay, [0, Infinity]);
  const slots = new Slots(["first", "second"]);
  return {
    update(parameters, gradients, { gradientScale = 1 } = {}) {
      for (const [name, gradient] of Object.entries(gradients)) {
        const { first, second, numSteps: t } = slots.next(name, gradient);
        optimizerUpdate([{ parameter: parameters[name]!, gradient, first, second }], {
          kind: "adam",
          learningRate: learningRate / (1 - beta1 ** t),
          gradientScale,
          parameterScale: 1 - learningRate * weightDecay,
          beta1,
          beta2,
          epsilon,
          rootScale: 1 / Math.sqrt(1 - beta2 ** t),
        });
      }
    },
    dispose() {
      slots.dispose();
    },
  };
}
