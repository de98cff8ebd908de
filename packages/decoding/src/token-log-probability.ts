import { normalizer } from "./normalizer.ts";

/** One entry of `logSoftmax(logits)`, in nats, without the others. */
export function tokenLogProbability(logits: Float32Array, token: number): number {
  const { max, logSum } = normalizer(logits);
  return logits[token]! - max - logSum;
}
