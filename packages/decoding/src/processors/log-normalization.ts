import { logSoftmax } from "../log-softmax.ts";
import type { LogitsProcessor } from "./logits-processor.ts";
import { rowMaximum } from "./selection/row-maximum.ts";

/**
 * Makes the scores log-probabilities. Put first, it frees those after it that look at the sign or the size of scores
 * (`repetitionPenalty`, `exponentialLengthDecay`) from the constant that a model may add to its logits; put last, it makes
 * beam search add up log-probabilities again.
 */
export function logNormalization(): LogitsProcessor {
  return (scores) => {
    if (Number.isFinite(rowMaximum(scores))) logSoftmax(scores, scores);
  };
}
