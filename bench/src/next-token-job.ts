import { normal, xoshiro128 } from "@rnnkit/random";
import type { Step } from "./measure.ts";

export type NextTokenMethod =
  | "greedy"
  | "scored"
  | "multinomial"
  | "top-k"
  | "top-p"
  | "min-p"
  | "typical"
  | "epsilon"
  | "eta"
  | "top-h"
  | "chain";

/** Tokens to choose one after the other, each from one of some rows of logits, in turns. */
export interface NextTokenJob {
  readonly method: NextTokenMethod;
  readonly numTokens: number;
  /** [R][V], multiples of 1/4096. */
  readonly rows: readonly (readonly number[])[];
}

/** What an iteration took, and of each row how many tokens could be chosen. */
export interface NextTokenStep extends Step {
  readonly numPossible: readonly number[];
}

export function nextTokenJob(
  method: NextTokenMethod,
  { numTokens, numRows, vocabSize }: { numTokens: number; numRows: number; vocabSize: number },
): NextTokenJob {
  const generator = xoshiro128(1);
  const logit = () => Math.round(normal(generator, { standardDeviation: 3 }) * 4096) / 4096;
  const rows = Array.from({ length: numRows }, () => Array.from({ length: vocabSize }, logit));
  return { method, numTokens, rows };
}
