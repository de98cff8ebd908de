import { decayingAdam, type AdamOptions } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";

export interface AdamWOptions extends Omit<AdamOptions, "weightDecay"> {
  /** λ, how fast parameters shrink by themselves. Default 0.01. */
  readonly weightDecay?: number;
}

/**
 * Adam with decoupled weight decay: θ ← θ·(1 − lr·λ), then the step of Adam. The decay does not pass through Adam's means, as that
 * of a penalty in the loss would.
 *
 * It shrinks every parameter that has a gradient, biases too, as PyTorch does.
 *
 * @throws RangeError when the learning rate is not positive and finite, a β not in [0, 1), or ε or λ negative or not finite.
 * @see Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019); `torch.optim.AdamW`.
 */
export function adamW({ weightDecay = 0.01, ...options }: AdamWOptions = {}): Optimizer {
  return decayingAdam("adamW", { ...options, decoupledDecay: weightDecay });
}
