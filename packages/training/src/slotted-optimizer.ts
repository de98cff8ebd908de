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
  /** One step of parameters that have had as many steps before: `numSteps`, this one included. */
  step(targets: readonly SlottedTarget<Name>[], rates: StepRates): void;
}

interface SlottedTarget<Name extends string> {
  readonly parameter: tf.Variable;
  readonly gradient: tf.Tensor;
  readonly slot: Slot<Name>;
}

interface StepRates {
  readonly learningRate: number;
  readonly gradientScale: number;
  readonly numSteps: number;
}

/** An optimizer that remembers tensors of each parameter's shape, and steps all parameters of the same age at once. */
export function slottedOptimizer<Name extends string>(rule: OptimizerRule<Name>): Optimizer {
  const { name, learningRate, initialValue } = rule;
  checkPositive(`${name}: learningRate`, learningRate);
  const slots = new Slots(rule.slots, { initialValue });
  return {
    name,
    learningRate,
    update(parameters, gradients, { gradientScale = 1, learningRateFactor = 1 } = {}) {
      const rates = { learningRate: learningRate * learningRateFactor, gradientScale };
      /** By age: a parameter on which the loss did not depend in some step is younger than the others. */
      const ages = new Map<number, SlottedTarget<Name>[]>();
      for (const [parameterName, gradient] of Object.entries(gradients)) {
        const slot = slots.next(parameterName, gradient);
        const target = { parameter: parameters[parameterName]!, gradient, slot };
        const peers = ages.get(slot.numSteps);
        if (peers) peers.push(target);
        else ages.set(slot.numSteps, [target]);
      }
      for (const [numSteps, targets] of ages) rule.step(targets, { ...rates, numSteps });
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
