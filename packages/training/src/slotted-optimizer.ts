import type * as tf from "@tensorflow/tfjs";
import { checkPositive } from "./check-hyperparameter.ts";
import type { Optimizer } from "./optimizer.ts";
import { Slots, type Slot } from "./slots.ts";

interface OptimizerRule<Name extends string> {
  /** Also named in errors. */
  readonly name: string;
  readonly learningRate: number;
  /** What is remembered of each parameter. */
  readonly slots: readonly Name[];
  /** What that is before the first step. Default 0. */
  readonly initialValue?: number;
  /** One step of one parameter. */
  step(
    target: { readonly parameter: tf.Variable; readonly gradient: tf.Tensor; readonly slot: Slot<Name> },
    rates: { readonly learningRate: number; readonly gradientScale: number },
  ): void;
}

/** An optimizer that steps each parameter by itself, and remembers tensors of the parameter's shape. */
export function slottedOptimizer<Name extends string>(rule: OptimizerRule<Name>): Optimizer {
  const { name, learningRate, initialValue, step } = rule;
  checkPositive(`${name}: learningRate`, learningRate);
  const slots = new Slots(rule.slots, { initialValue });
  return {
    name,
    learningRate,
    update(parameters, gradients, { gradientScale = 1, learningRateFactor = 1 } = {}) {
      const rates = { learningRate: learningRate * learningRateFactor, gradientScale };
      for (const [parameterName, gradient] of Object.entries(gradients)) {
        step({ parameter: parameters[parameterName]!, gradient, slot: slots.next(parameterName, gradient) }, rates);
      }
    },
    state: () => slots.state(),
    restore(state) {
      slots.restore(`${name}.restore`, state);
    },
    dispose() {
      slots.dispose();
    },
  };
}
