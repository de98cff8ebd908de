import { largestLogit } from "./largest-logit.ts";
import { logSumExp } from "./log-sum-exp.ts";

/** What makes a row of logits log-probabilities: `logits - max - logSum`. */
export interface Normalizer {
  readonly max: number;
  readonly logSum: number;
}

export function normalizer(logits: Float32Array): Normalizer {
  const largest = largestLogit("logSoftmax", logits);
  return { max: logits[largest]!, logSum: logSumExp(logits, largest) };
}
