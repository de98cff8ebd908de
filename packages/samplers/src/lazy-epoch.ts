import type { Epoch } from "./batches.ts";

/** The epoch of the batches that `make` makes of plans, which are borrowed. */
export function lazyEpoch<Plan extends object, B>(plans: readonly Plan[], make: (plan: Plan) => B): Epoch<B> {
  return {
    length: plans.length,
    at(index) {
      const plan = plans.at(index);
      return plan && make(plan);
    },
    *[Symbol.iterator]() {
      for (const plan of plans) yield make(plan);
    },
  };
}
