import { largestLogit } from "./largest-logit.ts";
import { logSumExp } from "./log-sum-exp.ts";
import { loadRow } from "./row-kernels/loaded-row.ts";

/** What makes a row of logits log-probabilities: `logits - max - logSum`. */
export interface Normalizer {
  readonly max: number;
  readonly logSum: number;
}

export function normalizer(logits: ArrayLike<number>): Normalizer {
  const row = loadRow(logits);
  const largest = largestLogit("logSoftmax", logits, row);
  const max = logits[largest]!;
  return { max, logSum: logSumExp(row, { max, largest }) };
}
