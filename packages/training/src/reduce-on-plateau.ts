import { checkHyperparameter, checkPositive } from "./check-hyperparameter.ts";

export interface ReduceOnPlateauOptions {
  /** By which the learning rate is multiplied, below 1. Default 0.1. */
  readonly factor?: number;
  /** Validations without a better loss that are borne; the one after them reduces. Default 10. */
  readonly patience?: number;
  /** A loss is better when it is below best·(1 − threshold). Default 1e-4. */
  readonly threshold?: number;
  /** Validations after a reduction that are not counted. Default 0. */
  readonly cooldown?: number;
  /** What all reductions together do not go below. Default 0. */
  readonly minFactor?: number;
}

/** What has been seen so far: plain JSON. */
export interface PlateauState {
  /** Of the optimizer's learning rate. */
  readonly factor: number;
  /** The best loss, or `null` before the first. */
  readonly best: number | null;
  readonly numBad: number;
  readonly cooldownLeft: number;
}

/** A learning rate that answers to the validation loss: a state, and what comes after it. */
export interface Plateau {
  readonly initial: PlateauState;
  next(state: PlateauState, loss: number): PlateauState;
}

/**
 * Reduces the learning rate where the validation loss no longer falls. It has no state of its own: `train` carries that along, and
 * into checkpoints.
 *
 * @throws RangeError when `factor` is not positive and below 1, `patience` or `cooldown` no non-negative integer, or another option
 *   negative or not finite.
 * @see `torch.optim.lr_scheduler.ReduceLROnPlateau`, of which these are the defaults (mode min, threshold_mode rel). It also leaves
 *   out reductions by less than 1e-8.
 */
export function reduceOnPlateau({
  factor = 0.1,
  patience = 10,
  threshold = 1e-4,
  cooldown = 0,
  minFactor = 0,
}: ReduceOnPlateauOptions = {}): Plateau {
  checkPositive("reduceOnPlateau: factor", factor);
  if (factor >= 1) throw new RangeError(`reduceOnPlateau: factor must be below 1, got ${factor}`);
  for (const [name, value] of Object.entries({ patience, cooldown })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`reduceOnPlateau: ${name} must be a non-negative integer, got ${value}`);
    }
  }
  checkHyperparameter("reduceOnPlateau: threshold", threshold, [0, Infinity]);
  checkHyperparameter("reduceOnPlateau: minFactor", minFactor, [0, Infinity]);
  return {
    initial: { factor: 1, best: null, numBad: 0, cooldownLeft: 0 },
    next(state, loss) {
      const isBetter = state.best === null || loss < state.best * (1 - threshold);
      const best = isBetter ? loss : state.best;
      const isCooling = state.cooldownLeft > 0;
      const numBad = isBetter || isCooling ? 0 : state.numBad + 1;
      if (numBad <= patience) {
        return { factor: state.factor, best, numBad, cooldownLeft: Math.max(0, state.cooldownLeft - 1) };
      }
      const reduced = Math.max(state.factor * factor, minFactor);
      return { factor: Math.min(reduced, state.factor), best, numBad: 0, cooldownLeft: cooldown };
    },
  };
}
