/** What precision and recall are made of; counts of batches or workers add up. */
export interface MatchCounts {
  /** What is in the prediction and in the reference. */
  readonly correct: number;
  /** What is in the prediction. */
  readonly predicted: number;
  /** What is in the reference: the support. */
  readonly actual: number;
}

/** All three from 0 to 1. */
export interface PrecisionRecallF1 {
  /** Correct / predicted; 0 where nothing was predicted. */
  readonly precision: number;
  /** Correct / actual; 0 where there was nothing to find. */
  readonly recall: number;
  /** Their harmonic mean, 2 correct / (predicted + actual); 0 where both are. */
  readonly f1: number;
}

export function precisionRecallF1({ correct, predicted, actual }: MatchCounts): PrecisionRecallF1 {
  return {
    precision: correct / Math.max(1, predicted),
    recall: correct / Math.max(1, actual),
    f1: (2 * correct) / Math.max(1, predicted + actual),
  };
}
