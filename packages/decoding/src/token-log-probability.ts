import { largestLogit } from "./largest-logit.ts";
import { logSumExp } from "./log-sum-exp.ts";

/** One entry of `logSoftmax(logits)`, in nats, without the others. */
export function tokenLogProbability(logits: Float32Array, token: number): number {
  const largest = largestLogit("logSoftmax", logits);
  return logits[token]! - logits[largest]! - logSumExp(logits, largest);
}
