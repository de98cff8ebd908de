import { checkHyperparameter } from "./check-hyperparameter.ts";

export interface EarlyStoppingOptions {
  /** The run ends at this many validations in a row without a better loss. */
  readonly patience: number;
  /** A loss is better when it is lower than the best by more than this. Default 0. */
  readonly minDelta?: number;
}

/** What has been seen so far: plain JSON. */
export interface StoppingState {
  /** The best loss, or `null` before the first. */
  readonly best: number | null;
  /** Validations since. */
  readonly numBad: number;
}

export const INITIAL_STOPPING_STATE: StoppingState = { best: null, numBad: 0 };

/** The state after a validation. @see `EarlyStopping` of Keras. */
export function judgeLoss(
  { best, numBad }: StoppingState,
  loss: number,
  { minDelta = 0 }: EarlyStoppingOptions,
): StoppingState {
  return best === null || loss < best - minDelta ? { best: loss, numBad: 0 } : { best, numBad: numBad + 1 };
}

/** Throws for options that make no sense. */
export function checkEarlyStopping({ patience, minDelta = 0 }: EarlyStoppingOptions): void {
  if (!Number.isSafeInteger(patience) || patience < 1) {
    throw new RangeError(`train: earlyStopping.patience must be a positive integer, got ${patience}`);
  }
  checkHyperparameter("train: earlyStopping.minDelta", minDelta, [0, Infinity]);
}
