import type { BPEMerge } from "@rnnkit/text";
import type { Step } from "./measure.ts";

/** Byte-pair encoding to be learnt from lines, or with `merges` to be applied to them. */
export interface BpeJob {
  readonly task: "train" | "encode";
  /** Words between spaces. */
  readonly lines: readonly string[];
  readonly numMerges: number;
  /** Of the task `encode`. */
  readonly merges: readonly BPEMerge[];
}

/** What an iteration took, and what it found. */
export interface BpeStep extends Step {
  /** What was learnt; of the task `train`. */
  readonly merges: readonly BPEMerge[];
  /** How many subwords the lines became; of the task `encode`. */
  readonly numTokens: number;
}
