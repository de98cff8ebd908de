import { globalNorm } from "@rnnkit/ops";
import { perplexity, type CrossEntropyStatistics } from "@rnnkit/metrics";
import type { Parameters } from "./optimizer.ts";
import { readScalar } from "./read-scalar.ts";

/** How a training run stands after a step: a plain record. */
export interface TrainingReport {
  /** The number of steps done, from 1. */
  readonly step: number;
  /** The number of steps that the run will have. */
  readonly numSteps: number;
  /** The index of the epoch that the step belongs to, from 0. */
  readonly epoch: number;
  /** The mean loss over all tokens since the report before, each scored before it was learnt from: in nats for a cross-entropy. */
  readonly meanLoss: number;
  /** exp(meanLoss), which is a perplexity where the loss is in nats. Both are NaN where all steps were skipped. */
  readonly perplexity: number;
  /** The learning rate of this step. */
  readonly learningRate: number;
  /** The norm of all gradients of this step together, before clipping. */
  readonly gradientNorm: number;
  /** The norm of all parameters together, after this step. */
  readonly parameterNorm: number;
  /** Steps since the report before whose loss or gradients were not finite, and which were skipped. */
  readonly numSkipped: number;
  /** Tokens learnt from since the report before, by the time that took; validation is not counted in. */
  readonly tokensPerSecond: number;
  /** Since the beginning of the run, or since it was resumed. */
  readonly elapsedMs: number;
  /** What is left, at the pace so far. */
  readonly remainingMs: number;
  /** Of all tensors of the program. */
  readonly memoryBytes: number;
  /** The validation after this step, where one was due. */
  readonly validation?: Validation;
  /** Why this report is the last one. */
  readonly ending?: "complete" | "stopped early" | "interrupted";
}

interface Validation {
  readonly meanLoss: number;
  readonly perplexity: number;
  /** The number of tokens scored. */
  readonly count: number;
  /** Whether no validation before had a loss as low. */
  readonly isBest: boolean;
}

/** A mean, and its perplexity. */
export function summary(statistics: CrossEntropyStatistics): { meanLoss: number; perplexity: number } {
  if (statistics.count === 0) return { meanLoss: NaN, perplexity: NaN };
  return { meanLoss: statistics.totalNats / statistics.count, perplexity: perplexity(statistics) };
}

/** The norm of all parameters together. */
export function parameterNorm(parameters: Parameters): Promise<number> {
  return readScalar(globalNorm(Object.values(parameters)));
}
